"""The options of choice fields: ids are for ever, words may change. Knows no peewee, so the first screen may use it."""

from __future__ import annotations

import enum

from db.labels import N_, NP_, Label


class Choice(enum.Enum):
    """Options of a field: the value is the id that is stored, `label` the English words."""

    label: Label

    def __new__(cls, identifier: str, label: str = "") -> Choice:
        member = object.__new__(cls)
        member._value_ = identifier
        member.label = Label(label or identifier)
        return member

    @property
    def id(self) -> str:
        """The stored id; it never changes, whatever the words become."""
        return str(self.value)


class PhaseId(Choice):
    """The four phases, in this order, and the band of what goes on through all of them (`E`)."""

    PURSUIT = "A", N_("Pursuit")
    PREPARATION = "B", N_("Preparation")
    IMPLEMENTATION = "C", N_("Implementation")
    AFTER_SALES = "D", N_("After-sales")
    THROUGHOUT = "E", N_("Through it all")


class ActivityId(Choice):
    """The activities of the method; the first letter is the phase each belongs to."""

    A1 = "A1", N_("Customer research")
    A2 = "A2", N_("Brief solution")
    A3 = "A3", N_("Detailed solution, tender, launch event")
    A4 = "A4", N_("Targeted engagement")
    B1 = "B1", N_("Stakeholders")
    B2 = "B2", N_("Needs and value; WBS and schedule")
    B3 = "B3", N_("Executive training")
    B4 = "B4", N_("Organisation restructuring")
    B5 = "B5", N_("Three-tier team")
    B6 = "B6", N_("Kick-off")
    B7 = "B7", N_("Integrated plan")
    C1 = "C1", N_("Base data")
    C2 = "C2", N_("Custom development")
    C3 = "C3", N_("Import tests")
    C4 = "C4", N_("Formal import and parallel run")
    C5 = "C5", N_("Go-live and acceptance")
    C6 = "C6", N_("Rhythm")
    D1 = "D1", N_("Closing")
    D2 = "D2", N_("Follow-up")
    E1 = "E1", N_("Communication first")
    E2 = "E2", N_("Nine knowledge areas")
    E3 = "E3", N_("Archive and reuse")
    E4 = "E4", N_("After-sales is the real success")


class KnowledgeArea(Choice):
    """The nine knowledge areas (PMBOK, before its seventh edition)."""

    INTEGRATION = "integration", NP_("knowledge area", "Integration")
    SCOPE = "scope", NP_("knowledge area", "Scope")
    TIME = "time", NP_("knowledge area", "Time")
    COST = "cost", NP_("knowledge area", "Cost")
    QUALITY = "quality", NP_("knowledge area", "Quality")
    HUMAN_RESOURCES = "hr", NP_("knowledge area", "Human resources")
    COMMUNICATIONS = "communications", NP_("knowledge area", "Communications")
    RISK = "risk", NP_("knowledge area", "Risk")
    PROCUREMENT = "procurement", NP_("knowledge area", "Procurement")


class EngagementStatus(Choice):
    """How an engagement stands: a lead first, then one of the others, each with a reason."""

    LEAD = "lead", N_("Lead")
    WON = "won", N_("Won")
    LOST = "lost", N_("Lost")
    DROPPED = "dropped", N_("Dropped")
    POSTPONED = "postponed", N_("Postponed")


class OutcomeReason(Choice):
    """What an engagement was lost, dropped or postponed for, and also what it was won with."""

    PRICE = "price", NP_("outcome", "Price")
    FUNCTION = "function", N_("Function missing")
    SERVICE = "service", N_("Service or distance")
    RELATION = "relation", N_("Relation to a competitor")
    BUDGET = "budget", N_("Budget gone")
    TIMING = "timing", NP_("outcome", "Timing")
    PEOPLE = "people", N_("Change of people")
    TRUST = "trust", N_("Doubt in our ability")


class PackageStatus(Choice):
    """The state of a work package."""

    TODO = "todo", N_("To do")
    DOING = "doing", N_("Doing")
    WAITING = "waiting", N_("Waiting")
    REVIEW = "review", N_("Review")
    DONE = "done", N_("Done")


class LinkKind(Choice):
    """What a dependency ties together: predecessor's end first, successor's end second."""

    FS = "FS", N_("finish to start")
    SS = "SS", N_("start to start")
    FF = "FF", N_("finish to finish")
    SF = "SF", N_("start to finish")


class Side(Choice):
    """Whose person or role it is."""

    VENDOR = "vendor", N_("Vendor")
    CLIENT = "client", N_("Client")


class Tier(Choice):
    """The three tiers of the implementation team."""

    MANAGEMENT = "management", N_("Management tier")
    IMPLEMENTATION = "implementation", N_("Implementation tier")
    USER = "user", N_("User tier")


class Recurrence(Choice):
    """How often a recurring package comes again."""

    DAILY = "daily", N_("daily")
    TWICE_WEEKLY = "twice_weekly", N_("twice a week")
    WEEKLY = "weekly", N_("weekly")
    TWO_WEEKLY = "two_weekly", N_("every two weeks")
    MONTHLY = "monthly", N_("monthly")
    QUARTERLY = "quarterly", N_("quarterly")
    HALF_YEARLY = "half_yearly", N_("twice a year")
    YEARLY = "yearly", N_("yearly")


class Alignment(Choice):
    """To which day of the accounting year a start is drawn."""

    PERIOD_START = "period_start", N_("first working day of an accounting period")
    PERIOD_END = "period_end", N_("last working day of an accounting period")
    YEAR_END = "year_end", N_("close of the financial year")


class ContentLanguage(Choice):
    """The language that packages, criteria and deliverables were copied in."""

    ENGLISH = "en", N_("English")
    CHINESE = "zh", N_("Chinese")


class BaseCalendar(Choice):
    """Which days are working days before the exceptions of one's own."""

    CHINA = "cn", N_("China: public holidays and make-up days")
    WEEKDAYS = "weekdays", N_("Monday to Friday")


class ContactKind(Choice):
    """By what a person is reached."""

    MOBILE = "mobile", N_("Mobile")
    PHONE = "phone", N_("Phone")
    FAX = "fax", N_("Fax")
    MAIL = "mail", NP_("address", "Mail")
    WECHAT = "wechat", N_("WeChat")
    WECOM = "wecom", N_("WeCom")
    DINGTALK = "dingtalk", N_("DingTalk")
    FEISHU = "feishu", N_("Feishu")
    MESSENGER = "messenger", N_("Messenger")
    ADDRESS = "address", N_("Address")
    WEB = "web", N_("Web page")


class Channel(Choice):
    """How a touch came about."""

    PHONE = "phone", N_("Phone")
    MAIL = "mail", N_("Mail")
    WECHAT = "wechat", N_("WeChat")
    WECOM = "wecom", N_("WeCom")
    DINGTALK = "dingtalk", N_("DingTalk")
    FEISHU = "feishu", N_("Feishu")
    CHAT = "chat", N_("Group chat")
    MEETING = "meeting", N_("Meeting")
    TALK = "talk", N_("Talk")
    VISIT = "visit", N_("Visit")
    MEAL = "meal", N_("Meal together")
    LETTER = "letter", N_("Letter")


class NoteMark(Choice):
    """What a line of the notebook is, by its first sign; a line without one is a note."""

    NOTE = "note", NP_("line of the notebook", "Note")
    HEARD = "heard", N_("Heard")
    SEEN = "seen", N_("Seen")
    AGREED = "agreed", N_("Agreed")
    NEED = "need", N_("Need")
    PROMISE = "promise", N_("Promise")
    QUESTION = "question", N_("Question")
    RISK = "risk", N_("Risk")
    ACTION = "action", NP_("line of the notebook", "Action")


class PromiseSide(Choice):
    """Who has promised."""

    OURS = "ours", N_("Ours")
    THEIRS = "theirs", N_("Theirs")


class PromiseState(Choice):
    """What became of a promise."""

    OPEN = "open", NP_("promise", "Open")
    KEPT = "kept", N_("Kept")
    MOVED = "moved", N_("New date agreed")
    WITHDRAWN = "withdrawn", N_("Withdrawn, other side told")
    BROKEN = "broken", N_("Broken")
