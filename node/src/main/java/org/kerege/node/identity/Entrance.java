package org.kerege.node.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kerege.node.identity.AccountLog.Kind;

/// The ways in for people. Each proves who somebody is, slows guessing, is noted for auditors, and begins a session or
/// carries one on.
///
/// Whoever guesses waits by network and account together, so nobody is locked out by somebody elsewhere; a browser that was let in
/// before is counted for itself, so that neither is it by somebody beside. Passkeys cannot be guessed and never wait.
public final class Entrance {

    /// Longer names are nobody's, and not kept among the failures.
    private static final int LONGEST_ACCOUNT = 200;

    /// Purpose of the passkey with which somebody signs in.
    public static final String SIGN_IN = "sign-in";

    private static final String PASSWORD = "password";
    private static final String PASSKEY = "passkey";
    private static final String CODE = "code";
    private static final String CERTIFICATE = "certificate";

    private final Identity identity;
    private final Passkeys passkeys;
    private final Codes codes;
    private final Certificates certificates;
    private final Sessions sessions;
    private final KnownDevices devices;
    private final FailureLimit failures;
    private final AccountLog log;

    Entrance(
            Identity identity,
            Passkeys passkeys,
            Codes codes,
            Certificates certificates,
            Sessions sessions,
            KnownDevices devices,
            FailureLimit failures,
            AccountLog log) {
        this.identity = identity;
        this.passkeys = passkeys;
        this.codes = codes;
        this.certificates = certificates;
        this.sessions = sessions;
        this.devices = devices;
        this.failures = failures;
        this.log = log;
    }

    /// What became of a try.
    public sealed interface Outcome {

        /// Proved.
        ///
        /// @param secret of the session, for the browser
        /// @param complete whether nothing more is asked
        record Entered(String account, String secret, boolean complete) implements Outcome {}

        record Refused() implements Outcome {}

        record Wait() implements Outcome {}
    }

    /// The first step with a password. Whoever has a second factor is asked for it next.
    public Outcome byPassword(String account, String password, Visitor visitor) {
        if (account.length() > LONGEST_ACCOUNT) {
            return new Outcome.Refused();
        }
        String from = from(account, visitor);
        if (failures.exceeded(from, account)) {
            return new Outcome.Wait();
        }
        Optional<Identity.Proved> proved = identity.provedByPassword(account, password);
        if (proved.isEmpty()) {
            failures.failed(from, account);
            log.noteFailure(Kind.SIGN_IN_FAILED, account, visitor.address());
            return new Outcome.Refused();
        }
        return entered(account, PASSWORD, !proved.get().hasFactor(), visitor);
    }

    /// A passkey, which needs nothing beside it.
    ///
    /// @param answer what the browser said
    public Outcome byPasskey(WebAddress here, String answer, Visitor visitor) {
        Optional<String> account = passkeys.proved(here, null, SIGN_IN, answer);
        if (account.isEmpty()) {
            log.noteFailure(Kind.SIGN_IN_FAILED, "", visitor.address());
            return new Outcome.Refused();
        }
        return entered(account.get(), PASSKEY, true, visitor);
    }

    /// The client certificate of the connection.
    public Outcome byCertificate(HttpServletRequest request, Visitor visitor) {
        Optional<Caller> holder = certificates.holder(request);
        if (holder.isEmpty()) {
            log.noteFailure(Kind.SIGN_IN_FAILED, "", visitor.address());
            return new Outcome.Refused();
        }
        return vouched(holder.get().account(), CERTIFICATE, visitor);
    }

    /// An account that somebody else vouches for. It stands for the password: who has a second factor shows it.
    Outcome vouched(String account, String means, Visitor visitor) {
        return entered(account, means, !identity.hasFactor(account), visitor);
    }

    private Outcome entered(String account, String means, boolean complete, Visitor visitor) {
        if (complete) {
            log.note(Kind.SIGNED_IN, account, account, visitor.address(), means);
        }
        return new Outcome.Entered(
                account, sessions.begin(account, complete, means, visitor), complete);
    }

    /// What the holder of a session is asked so that a passkey proves again who it is.
    public String asks(WebAddress here, Session session) {
        return passkeys.asks(here, session.account(), purpose(session));
    }

    /// A passkey of the session's account, as second step or to prove again who its holder is.
    public Outcome shown(WebAddress here, Session session, String answer, Visitor visitor) {
        return passkeys.proved(here, session.account(), purpose(session), answer).isPresent()
                ? proved(session, PASSKEY, visitor)
                : refused(session, visitor);
    }

    /// A code of the session's account, likewise.
    public Outcome typed(Session session, String code, Visitor visitor) {
        return switch (codes.tried(session.account(), code)) {
            case RIGHT -> proved(session, CODE, visitor);
            case WRONG -> refused(session, visitor);
            case WAIT -> new Outcome.Wait();
        };
    }

    /// The password again, where the account has nothing stronger.
    public Outcome again(Session session, String password, Visitor visitor) {
        String from = from(session.account(), visitor);
        if (failures.exceeded(from, session.account())) {
            return new Outcome.Wait();
        }
        Optional<Identity.Proved> proved =
                identity.provedByPassword(session.account(), password)
                        .filter(one -> !one.hasFactor());
        if (proved.isEmpty()) {
            failures.failed(from, session.account());
            return refused(session, visitor);
        }
        return proved(session, PASSWORD, visitor);
    }

    /// Ends the session of whoever leaves.
    public void leave(Session session, Visitor visitor) {
        sessions.end(session.name(), null);
        log.note(Kind.SIGNED_OUT, session.account(), session.account(), visitor.address(), "");
    }

    /// Remembers a browser in which an account was let in.
    ///
    /// @return the secret that the browser keeps
    public String remember(String account, @Nullable String device) {
        String kept = device != null && devices.isOurs(device) ? device : Secrets.make();
        devices.note(account, kept);
        return kept;
    }

    private Outcome proved(Session session, String means, Visitor visitor) {
        log.note(
                session.complete() ? Kind.PROVED_AGAIN : Kind.SIGNED_IN,
                session.account(),
                session.account(),
                visitor.address(),
                session.complete() ? means : "second step " + means);
        return new Outcome.Entered(session.account(), sessions.proved(session), true);
    }

    private Outcome refused(Session session, Visitor visitor) {
        log.noteFailure(Kind.SECOND_STEP_FAILED, session.account(), visitor.address());
        return new Outcome.Refused();
    }

    private String from(String account, Visitor visitor) {
        return devices.isKnown(account, visitor.device())
                ? "device " + visitor.device()
                : Network.of(visitor.address());
    }

    private static String purpose(Session session) {
        return "session " + session.name();
    }
}
