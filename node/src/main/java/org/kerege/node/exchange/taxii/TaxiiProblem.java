package org.kerege.node.exchange.taxii;

/// A request that is answered with an error message. Of what a caller may not see it says nothing.
final class TaxiiProblem extends RuntimeException {

    private final int status;

    TaxiiProblem(int status, String title) {
        super(title);
        this.status = status;
    }

    int status() {
        return status;
    }

    static TaxiiProblem notFound(String what) {
        return new TaxiiProblem(404, "There is no such " + what + " here");
    }
}
