package org.kerege.taxii.client;

import java.io.IOException;
import java.net.URI;

/// Why a server could not be used. The message names address and reason and carries no credential.
public final class TaxiiFailure extends IOException {

    /// What the failure is about.
    public enum Kind {
        /// Out of reach, too slow, broken off, or busy for longer than the client waits.
        UNREACHABLE,
        /// The server does not know the caller or does not let it do this.
        FORBIDDEN,
        /// The server has nothing at that address.
        NOT_FOUND,
        /// The server refuses the request for another reason.
        REFUSED,
        /// The answer is no TAXII 2.1, or too large.
        UNUSABLE
    }

    private final Kind kind;
    private final int status;

    TaxiiFailure(Kind kind, int status, URI address, String reason) {
        super(address.getRawPath() == null ? reason : withoutUser(address) + ": " + reason);
        this.kind = kind;
        this.status = status;
    }

    TaxiiFailure(Kind kind, URI address, String reason, Throwable cause) {
        this(kind, 0, address, reason);
        initCause(cause);
    }

    public Kind kind() {
        return kind;
    }

    /// The HTTP status, 0 where none came.
    public int status() {
        return status;
    }

    private static String withoutUser(URI address) {
        return address.getScheme() + "://" + authority(address) + address.getRawPath();
    }

    private static String authority(URI address) {
        return address.getPort() < 0
                ? address.getHost()
                : address.getHost() + ":" + address.getPort();
    }
}
