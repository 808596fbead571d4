package org.kerege.taxii;

import java.io.IOException;

/// A server's refusal, with its HTTP status and its own words.
public final class TaxiiFailure extends IOException {

    private final int status;

    TaxiiFailure(int status, String title) {
        super("the server answers " + status + ": " + title);
        this.status = status;
    }

    public int status() {
        return status;
    }
}
