package org.kerege.tlog;

/// Bytes or text from outside that are not the log data they claim to be. The message names the part and the rule.
public final class MalformedLog extends RuntimeException {

    private static final int EXCERPT_CHARS = 60;

    public MalformedLog(String message) {
        super(message);
    }

    static String excerpt(String text) {
        return text.length() <= EXCERPT_CHARS ? text : text.substring(0, EXCERPT_CHARS) + "…";
    }
}
