package org.kerege.charter.act;

/// What an act does. The vocabulary is open: an act of a kind that is not known here is kept and shown, and has no
/// effect.
public final class Kind {

    /// Founds the alliance: members with keys, rotation, decision rules, witness policy. Its digest names the alliance.
    public static final String ADOPT_CHARTER = "adopt-charter";

    /// A founder signs the charter that the depositary laid before it.
    public static final String SIGN_CHARTER = "sign-charter";

    /// A member leaves by its own act.
    public static final String WITHDRAW = "withdraw";

    /// The chair calls a session.
    public static final String CONVENE = "convene";

    /// A member accredits its delegation to a session.
    public static final String CREDENTIALS = "credentials";

    /// The chair sets the agenda of a session.
    public static final String AGENDA = "agenda";

    /// The chair records who is present and who is not.
    public static final String PRESENCE = "presence";

    /// A member proposes a decision, with the measures that it takes.
    public static final String PROPOSE = "propose";

    /// A member takes a position on a proposal.
    public static final String VOTE = "vote";

    /// The chair closes a proposal and fixes the set of votes.
    public static final String DECISION = "decision";

    /// A member reserves its position on a proposal.
    public static final String RESERVATION = "reservation";

    /// The chair opens a silence procedure on a proposal.
    public static final String SILENCE_OPENED = "silence-opened";

    /// A member acknowledges to have received a proposal.
    public static final String RECEIPT = "receipt";

    /// A member breaks the silence.
    public static final String OBJECTION = "objection";

    /// A member states that a silence procedure has ended; how it ended follows from the record.
    public static final String SILENCE_CONCLUDED = "silence-concluded";

    /// The programme of the chair that is or comes next.
    public static final String PROGRAMME = "programme";

    /// A member adds a key of its own.
    public static final String KEY_ADDED = "key-added";

    /// A member replaces the key that signs by another.
    public static final String KEY_ROTATED = "key-rotated";

    /// A member revokes a key of its own.
    public static final String KEY_REVOKED = "key-revoked";

    /// A statement of one or several members.
    public static final String JOINT_STATEMENT = "joint-statement";

    /// What a member did about a decision at home.
    public static final String FOLLOW_UP = "follow-up";

    /// What the holder of a mandate did under it.
    public static final String MANDATE_RECORD = "mandate-record";

    /// The incoming or present chair takes over an item of the handover dossier.
    public static final String ITEM_ACCEPTED = "item-accepted";

    /// Members ask for an extraordinary session, or support who asked.
    public static final String SESSION_REQUESTED = "session-requested";

    /// A member states its position in a session.
    public static final String POSITION = "position";

    /// The record of a session.
    public static final String RECORD = "record";

    /// A session ends; the act fixes the set of acts that made it up.
    public static final String SESSION_CLOSED = "session-closed";

    /// The chair gives a silence procedure more time.
    public static final String SILENCE_EXTENDED = "silence-extended";

    /// The chair stops a silence procedure, which may be opened again.
    public static final String SILENCE_SUSPENDED = "silence-suspended";

    /// One side of a handover signs its inventory.
    public static final String DOSSIER_CLOSED = "dossier-closed";

    /// A member signs a statement that another laid before it.
    public static final String STATEMENT_JOINED = "statement-joined";

    private Kind() {}
}
