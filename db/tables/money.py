"""Money that the township keeps itself: the entries of its reserve-fund book."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.base import Base, Synced


class FundEntry(Synced, Base):
    """One entry of the reserve-fund book (备用金流水); never changed, a correction is a new entry. Amounts in fen.

    `position` orders the book, with room between entries for one that comes late; `balance_fen` is what the book
    says, `period` the month (`YYYY-MM`) of the edition that brought the entry.
    """

    __tablename__ = "fund_entry"
    kind = "fund_entry"

    id: Mapped[str] = mapped_column(primary_key=True)
    scope: Mapped[str]
    entered_on: Mapped[str | None]
    position: Mapped[int | None]
    summary: Mapped[str | None]
    case_no: Mapped[str | None]
    payee: Mapped[str | None]
    village: Mapped[str | None]
    cause: Mapped[str | None]
    income_fen: Mapped[int | None]
    expense_fen: Mapped[int | None]
    balance_fen: Mapped[int | None]
    voucher_no: Mapped[str | None]
    handler: Mapped[str | None]
    witness: Mapped[str | None]
    approver: Mapped[str | None]
    remark: Mapped[str | None]
    period: Mapped[str | None]
    import_batch: Mapped[str | None]
    void: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (Index("ix_fund_entry_entered_on", "entered_on"),)
