package org.kerege.taxii.client;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Looks over the shoulder of whoever reads an envelope and notes its own scalar members, `more` and `next`, wherever
/// they stand, while the objects pass through. It knows strings and nesting and nothing else; memory is bounded.
/// Source: TAXII 2.1 §3.7.
final class EnvelopeFrame extends FilterInputStream {

    private static final int MAX_MEMBERS = 32;
    private static final int MAX_VALUE = 64 << 10;

    private enum Part {
        NAME,
        VALUE
    }

    private final Map<String, byte[]> members = new HashMap<>();
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private Part part = Part.NAME;
    private String name = "";
    private int depth;
    private boolean inString;
    private boolean escaped;
    private boolean closed;
    private boolean other;

    EnvelopeFrame(InputStream in) {
        super(in);
    }

    /// Whether a whole JSON object has passed.
    boolean isWhole() {
        return closed && !other;
    }

    boolean has(String member) {
        return members.containsKey(member);
    }

    /// The value of a member as text; null when absent, null, or no scalar.
    @Nullable String text(String member) {
        byte[] value = members.get(member);
        if (value == null || value.length == 0) {
            return null;
        }
        try {
            JsonNode node = Json.mapper().readTree(value);
            return node.isString() || node.isNumber() || node.isBoolean() ? node.asString() : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        if (b >= 0) {
            see(b);
        }
        return b;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int count = super.read(into, from, length);
        for (int i = 0; i < count; i++) {
            see(into[from + i] & 0xFF);
        }
        return count;
    }

    private void see(int b) {
        if (inString) {
            keep(b);
            if (escaped) {
                escaped = false;
            } else if (b == '\\') {
                escaped = true;
            } else if (b == '"') {
                inString = false;
            }
            return;
        }
        switch (b) {
            case '"' -> {
                inString = true;
                keep(b);
            }
            case '{', '[' -> open(b);
            case '}', ']' -> shut();
            case ':' -> colon(b);
            case ',' -> comma(b);
            case ' ', '\t', '\r', '\n' -> {
                // Between tokens.
            }
            default -> {
                if (depth == 0 && b < 0x80) {
                    other = true;
                }
                keep(b);
            }
        }
    }

    private void open(int b) {
        if (depth == 0) {
            other |= closed || b != '{';
        } else if (depth == 1 && part == Part.VALUE) {
            // No scalar: noted as there, without its value.
            note(new byte[0]);
            part = Part.NAME;
        }
        depth++;
    }

    private void shut() {
        if (depth == 1) {
            noteScalar();
            closed = true;
        }
        depth = Math.max(0, depth - 1);
        kept.reset();
    }

    private void colon(int b) {
        if (depth == 1 && part == Part.NAME) {
            name = decoded(kept.toByteArray());
            kept.reset();
            part = Part.VALUE;
        } else {
            keep(b);
        }
    }

    private void comma(int b) {
        if (depth == 1) {
            noteScalar();
            kept.reset();
            part = Part.NAME;
        } else {
            keep(b);
        }
    }

    private void noteScalar() {
        if (part == Part.VALUE) {
            note(kept.toByteArray());
        }
    }

    private void note(byte[] value) {
        if (members.size() < MAX_MEMBERS) {
            members.putIfAbsent(name, value);
        }
    }

    private void keep(int b) {
        if (depth == 1 && kept.size() < MAX_VALUE) {
            kept.write(b);
        }
    }

    private static String decoded(byte[] quoted) {
        try {
            return Json.mapper().readTree(quoted).asString();
        } catch (JacksonException e) {
            return "";
        }
    }
}
