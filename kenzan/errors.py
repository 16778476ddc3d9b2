"""The errors that kenzan raises, one tree.

    KenzanError
    ├── UsageError                the call itself is off: a missing path, an unknown option (exit 2)
    │   ├── NothingGivenError     no document was named
    │   ├── PdfOnlyError          what was asked for is possible with a PDF only
    │   ├── OverwritesInputError  the output named is a document that is being read
    │   └── UnknownNameError      there is no format, table, rule or backend of that name
    │       └── UnknownRuleError  there is no such rule
    ├── DocumentError             one input cannot be read (exit 3 alone, 4 in a batch)
    │   ├── NotFoundError         there is no such file, or it may not be read
    │   │   └── NotConvertedError the folder holds no conversion
    │   ├── NoDocumentsError      folders were given, and there is no document in them
    │   ├── UnsupportedKindError  neither PDF, text, Word, Excel nor HTML
    │   ├── EmptyDocumentError    no bytes, or nothing in them
    │   ├── CrashedError          the process that read it ended (in a batch)
    │   ├── EncryptedError        a password is needed
    │   │   ├── OfficeLockedError an Office file with a password, which kenzan cannot open
    │   │   └── WrongPasswordError the password given is wrong
    │   ├── DamagedError          the file is cut off or broken
    │   ├── NoTextLayerError      pages are pictures; there are no characters to read
    │   ├── EncodingUnknownError  text in no encoding that fits
    │   ├── TooLargeError         over a limit of size, pages or memory
    │   └── TooSlowError          over the limit of time
    ├── NumberSyntaxError         a text is not one figure (also a ValueError)
    ├── ExportError               the output cannot be written (exit 5)
    │   └── OtherVersionError     the output folder holds what another version wrote
    └── DefectError               kenzan itself went wrong (exit 70)

Findings are data, never exceptions. Every error has a ``code`` that stays stable, an
``exit_code``, and a message and a hint in both languages.
"""

from __future__ import annotations

from functools import cache
from typing import ClassVar


@cache
def _details_ja() -> dict[str, str]:
    from kenzan.schemas.data_files import read_toml

    return read_toml("kenzan", "error_details.toml")


def _detail_ja(detail: str) -> str:
    """A fact in Japanese where it is a well-known one; as it is otherwise."""
    if not detail:
        return ""
    known = _details_ja()
    if detail in known:
        return known[detail]
    for text, text_ja in known.items():
        opening, is_open, _ = text.partition("{}")
        if is_open and detail.startswith(opening):
            return text_ja.format(_detail_ja(detail[len(opening) :]))
    return detail


def say_detail(detail: str, lang: str) -> str:
    """A fact behind an error, or the reason why a file was left out, in a language."""
    return _detail_ja(detail) if lang == "ja" else detail


class KenzanError(Exception):
    """Base of all errors of kenzan.

    ``subject`` is what it is about (a path, a text); ``detail`` a further fact for the reader.
    """

    code: ClassVar[str] = "kenzan"
    exit_code: ClassVar[int] = 70
    text_ja: ClassVar[str] = "エラーが発生しました"
    text_en: ClassVar[str] = "something went wrong"
    hint_ja: ClassVar[str] = ""
    hint_en: ClassVar[str] = ""

    def __init__(self, subject: str = "", detail: str = "") -> None:
        super().__init__(subject, detail)
        self.subject = subject
        self.detail = detail

    def message(self, lang: str = "en") -> str:
        """What happened, in one line, without the hint."""
        text = self.text_ja if lang == "ja" else self.text_en
        opening, closing = ("（", "）") if lang == "ja" else (" (", ")")
        detail = say_detail(self.detail, lang)
        tail = f"{opening}{detail}{closing}" if detail else ""
        head = f"{self.subject}: " if self.subject else ""
        return f"{head}{text}{tail}"

    def hint(self, lang: str = "en") -> str:
        """What to do next; empty if there is nothing to advise."""
        return self.hint_ja if lang == "ja" else self.hint_en

    def __str__(self) -> str:
        return self.message("en")


class UsageError(KenzanError):
    """The call itself is off."""

    code = "usage"
    exit_code = 2
    text_ja = "指定に誤りがあります"
    text_en = "the call cannot be carried out as given"
    hint_ja = "kenzan --help で使い方を確認してください。"
    hint_en = "See kenzan --help."


class UnknownNameError(UsageError):
    """Nothing has that name; ``detail`` lists the names there are."""

    code = "unknown-name"
    text_ja = "その名前のものはありません"
    text_en = "there is nothing of that name"
    hint_ja = "括弧内の名前から選んでください。"
    hint_en = "Choose one of the names in brackets."


class UnknownRuleError(UnknownNameError):
    """There is no such rule; ``detail`` lists those that look like it."""

    code = "unknown-rule"
    text_ja = "その規則はありません"
    text_en = "there is no such rule"
    hint_ja = "kenzan rules で規則の一覧を表示できます。"
    hint_en = "kenzan rules lists them."


class NothingGivenError(UsageError):
    """No document was named."""

    code = "nothing-given"
    text_ja = "文書またはフォルダを指定してください"
    text_en = "no document and no folder was given"
    hint_ja = "例: kenzan convert 文書のフォルダ -o 書き出し先"
    hint_en = "For example: kenzan convert FOLDER -o OUTPUT"


class PdfOnlyError(UsageError):
    """Asked for with a document that is no PDF."""

    code = "pdf-only"
    text_ja = "指摘を書き込んだ PDF（--pdf-out）は、PDF の文書からだけ作れます"
    text_en = "a marked-up PDF (--pdf-out) can be made of a PDF only"
    hint_ja = "ほかの形式の文書には --html が使えます。"
    hint_en = "For other kinds of documents use --html."


class OverwritesInputError(UsageError):
    """What is to be written is a document that is being read."""

    code = "overwrites-input"
    text_ja = "読み取る文書そのものには書き込みません"
    text_en = "the document that is read is not written over"
    hint_ja = "書き出し先に別の名前を指定してください。"
    hint_en = "Give another name for the output."


class DocumentError(KenzanError):
    """One input cannot be read."""

    code = "document"
    exit_code = 3
    text_ja = "文書を読み取れません"
    text_en = "the document cannot be read"


class NotFoundError(DocumentError):
    """No such file, or no permission."""

    code = "not-found"
    text_ja = "ファイルがないか、開けません"
    text_en = "no such file, or it may not be opened"
    hint_ja = "パスとアクセス権を確認してください。"
    hint_en = "Check the path and the permissions."


class NotConvertedError(NotFoundError):
    """A folder without a conversion in it."""

    code = "not-converted"
    text_ja = "変換した結果のフォルダではありません（kenzan.duckdb がありません）"
    text_en = "not a folder that a conversion wrote to (it holds no kenzan.duckdb)"
    hint_ja = "先に kenzan convert 文書 -o フォルダ で変換してください。"
    hint_en = "First convert documents into it: kenzan convert PATH -o FOLDER"


class NoDocumentsError(DocumentError):
    """Folders without a document."""

    code = "no-documents"
    text_ja = "読み取れる文書がありません"
    text_en = "there is no document in it"
    hint_ja = "PDF・テキスト・Word・Excel・HTML のファイルがあるフォルダを指定してください。"
    hint_en = "Give a folder that holds PDF, text, Word, Excel or HTML files."


class UnsupportedKindError(DocumentError):
    """Not a kind of file that kenzan reads."""

    code = "unsupported"
    text_ja = "対応していない形式です"
    text_en = "not a kind of file that kenzan reads"
    hint_ja = "PDF・テキスト・Word (.docx)・Excel (.xlsx, .xls)・HTML を指定してください。"
    hint_en = "Give a PDF, text, Word (.docx), Excel (.xlsx, .xls) or HTML file."


class EmptyDocumentError(DocumentError):
    """Nothing in it."""

    code = "empty"
    text_ja = "中身が空です"
    text_en = "the file is empty"
    hint_ja = "ファイルが正しく保存・転送されているか確認してください。"
    hint_en = "Check that the file was saved or transferred whole."


class EncryptedError(DocumentError):
    """A password is needed."""

    code = "encrypted"
    text_ja = "暗号化されていて開けません"
    text_en = "the file is encrypted"
    hint_ja = "--password で閲覧パスワードを指定してください。"
    hint_en = "Give its password with --password."


class WrongPasswordError(EncryptedError):
    """The password given is not the right one."""

    code = "wrong-password"
    text_ja = "パスワードが違うため開けません"
    text_en = "the password does not open it"
    hint_ja = "閲覧パスワードを確認し、--password で指定してください。"
    hint_en = "Check the password, and give it with --password."


class OfficeLockedError(EncryptedError):
    """An Office file with a password."""

    code = "office-locked"
    text_ja = "パスワード付きの Office ファイルは開けません"
    text_en = "an Office file with a password cannot be opened"
    hint_ja = "Word・Excel でパスワードを外して保存し直してください。"
    hint_en = "Take the password off in Word or Excel and save it again."


class DamagedError(DocumentError):
    """Cut off or broken."""

    code = "damaged"
    text_ja = "ファイルが壊れているか、途中で切れています"
    text_en = "the file is damaged or cut off"
    hint_ja = "元の公開ページから取り直してください。"
    hint_en = "Fetch it again from where it was published."


class NoTextLayerError(DocumentError):
    """Pictures of pages."""

    code = "no-text-layer"
    text_ja = "文字情報がありません（スキャン画像と思われます）"
    text_en = "there is no text in it (it looks like a scan)"
    hint_ja = "OCR でテキスト層を付けてから指定してください。"
    hint_en = "Add a text layer with an OCR program first."


class EncodingUnknownError(DocumentError):
    """Text in no encoding that fits."""

    code = "encoding"
    text_ja = "文字コードを判別できません"
    text_en = "the text is in no encoding that fits"
    hint_ja = "UTF-8 で保存し直すか、--encoding で指定してください。"
    hint_en = "Save it as UTF-8, or name the encoding with --encoding."


class TooLargeError(DocumentError):
    """Over a limit of size, pages or memory."""

    code = "too-large"
    text_ja = "大きさの上限を超えています"
    text_en = "over the limit of size"
    hint_ja = "文書を分割するか、上限の設定を引き上げてください。"
    hint_en = "Split the document, or raise the limit."


class TooSlowError(DocumentError):
    """Over the limit of time."""

    code = "too-slow"
    text_ja = "制限時間内に読み終わりませんでした"
    text_en = "reading did not end within the time limit"
    hint_ja = "時間の上限の設定を引き上げてください。"
    hint_en = "Raise the time limit."


class CrashedError(DocumentError):
    """The process that read it ended."""

    code = "crashed"
    text_ja = "読み取り中に処理が異常終了しました"
    text_en = "the process that read it ended unexpectedly"
    hint_ja = "--retry-failed でやり直せます。続くときは --backend pdfplumber を試してください。"
    hint_en = "Try again with --retry-failed; if it goes on, with --backend pdfplumber."


class NumberSyntaxError(KenzanError, ValueError):
    """A text is not one figure."""

    code = "number"
    exit_code = 2
    text_ja = "数値として読めません"
    text_en = "not one figure"


class ExportError(KenzanError):
    """The output cannot be written."""

    code = "export"
    exit_code = 5
    text_ja = "書き込めません"
    text_en = "cannot be written"
    hint_ja = "出力先の空き容量と書き込み権限を確認してください。"
    hint_en = "Check free space and permissions of the output folder."


class OtherVersionError(ExportError):
    """The store was laid out by another version."""

    code = "other-version"
    text_ja = "別の版の kenzan が作った結果のため、続きを書き込めません"
    text_en = "made by another version of kenzan, and cannot be gone on with"
    hint_ja = "別の書き出し先を指定して、変換し直してください。"
    hint_en = "Give another output folder and convert again."


class DefectError(KenzanError):
    """Kenzan itself went wrong: an exception that nothing foresaw, kept as ``__cause__``."""

    code = "defect"
    exit_code = 70
    text_ja = "kenzan の内部で想定外のエラーが起きました"
    text_en = "something went wrong inside kenzan"
    hint_ja = (
        "文書の不具合ではありません。"
        "環境変数 KENZAN_TRACEBACK=1 を付けて実行した内容を開発者にお知らせください。"
    )
    hint_en = (
        "The document is not to blame. Run again with KENZAN_TRACEBACK=1 in the environment "
        "and report what it shows."
    )


def restore_error(code: str, subject: str, detail: str = "") -> KenzanError:
    """The error of this code again, after a way through a process or a table.

    An unknown code gives a plain ``DocumentError``.
    """
    kind = _find_kind(code)
    return DocumentError(subject, detail or code) if kind is None else kind(subject, detail)


def retell_error(recorded: str, lang: str) -> str:
    """What ``documents.error`` holds (``code: subject: text (detail)``), told without its subject.

    A text of another form is given back as it is.
    """
    code, _, told = recorded.partition(": ")
    kind = _find_kind(code)
    if kind is None:
        return recorded
    _, _, detail = told.rpartition(kind.text_en)
    return kind("", detail.removeprefix(" (").removesuffix(")")).message(lang)


def _find_kind(code: str) -> type[KenzanError] | None:
    pending: list[type[KenzanError]] = [KenzanError]
    while pending:
        kind = pending.pop()
        if kind.code == code:
            return kind
        pending += kind.__subclasses__()
    return None
