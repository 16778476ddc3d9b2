"""kenzan（検算）: Japanese public-sector reports as clean data, with every sum done again.

    >>> import kenzan
    >>> report = kenzan.read_report("samples/siryo6.pdf")
    >>> audit = kenzan.audit_report(report)
    >>> frames = audit.to_frames()      # the seven tables, as pandas frames

Everything is loaded on first use, so that importing kenzan costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kenzan._audit import Audit, audit_report
    from kenzan._conversion import Conversion, convert_reports
    from kenzan._report import Report, read_report
    from kenzan.errors import (
        CrashedError,
        DamagedError,
        DefectError,
        DocumentError,
        EmptyDocumentError,
        EncodingUnknownError,
        EncryptedError,
        ExportError,
        KenzanError,
        NoDocumentsError,
        NotConvertedError,
        NoTextLayerError,
        NotFoundError,
        NothingGivenError,
        NumberSyntaxError,
        OfficeLockedError,
        OtherVersionError,
        OverwritesInputError,
        PdfOnlyError,
        TooLargeError,
        TooSlowError,
        UnknownNameError,
        UnknownRuleError,
        UnsupportedKindError,
        UsageError,
        WrongPasswordError,
    )

__version__ = "0.1.0"

__all__ = [
    "Audit",
    "Conversion",
    "CrashedError",
    "DamagedError",
    "DefectError",
    "DocumentError",
    "EmptyDocumentError",
    "EncodingUnknownError",
    "EncryptedError",
    "ExportError",
    "KenzanError",
    "NoDocumentsError",
    "NoTextLayerError",
    "NotConvertedError",
    "NotFoundError",
    "NothingGivenError",
    "NumberSyntaxError",
    "OfficeLockedError",
    "OtherVersionError",
    "OverwritesInputError",
    "PdfOnlyError",
    "Report",
    "TooLargeError",
    "TooSlowError",
    "UnknownNameError",
    "UnknownRuleError",
    "UnsupportedKindError",
    "UsageError",
    "WrongPasswordError",
    "__version__",
    "audit_report",
    "convert_reports",
    "read_report",
]

_HOMES = {
    "Audit": "_audit",
    "Conversion": "_conversion",
    "Report": "_report",
    "audit_report": "_audit",
    "convert_reports": "_conversion",
    "read_report": "_report",
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    home = import_module(f"{__name__}.{_HOMES.get(name, 'errors')}")
    value: object = getattr(home, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
