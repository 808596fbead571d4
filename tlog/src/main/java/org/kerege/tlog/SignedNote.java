package org.kerege.tlog;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// A text with the signatures of whoever stands by it. Source: C2SP signed-note.
///
/// @param text ends in a newline, has no other control character
/// @param signatures at least one, in the order of the note
public record SignedNote(String text, List<NoteSignature> signatures) {

    /// More bytes than a note that is read may have.
    public static final int MAX_BYTES = 1 << 20;

    /// More signatures than a note that is read may have.
    public static final int MAX_SIGNATURES = 128;

    public SignedNote {
        requireText(text);
        signatures = List.copyOf(signatures);
        if (signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
            throw new MalformedLog("a note has 1 to " + MAX_SIGNATURES + " signatures");
        }
    }

    /// Reads a note from UTF-8.
    ///
    /// @throws MalformedLog when it has another form or is too large
    public static SignedNote parse(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new MalformedLog("a note has at most " + MAX_BYTES + " bytes");
        }
        try {
            return parse(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)
                            .decode(ByteBuffer.wrap(bytes))
                            .toString());
        } catch (CharacterCodingException e) {
            throw new MalformedLog("a note is UTF-8");
        }
    }

    /// Reads a note.
    ///
    /// @throws MalformedLog when it has another form
    public static SignedNote parse(String note) {
        // The text may have empty lines of its own: the last one parts it from the signatures.
        int blank = note.lastIndexOf("\n\n");
        if (blank < 0 || !note.endsWith("\n")) {
            throw new MalformedLog(
                    "a note is a text, an empty line and signature lines, each ending in newline");
        }
        String lines = note.substring(blank + 2);
        List<NoteSignature> signatures = new ArrayList<>();
        for (int from = 0; from < lines.length(); ) {
            int end = lines.indexOf('\n', from);
            if (signatures.size() == MAX_SIGNATURES) {
                throw new MalformedLog("a note has at most " + MAX_SIGNATURES + " signatures");
            }
            signatures.add(NoteSignature.parse(lines.substring(from, end)));
            from = end + 1;
        }
        return new SignedNote(note.substring(0, blank + 1), signatures);
    }

    /// This note with further signature lines; one that it has already is not repeated.
    public SignedNote with(Collection<NoteSignature> further) {
        List<NoteSignature> all = new ArrayList<>(signatures);
        for (NoteSignature signature : further) {
            if (!all.contains(signature)) {
                all.add(signature);
            }
        }
        return new SignedNote(text, all);
    }

    /// Whether `key` stands by the text: it signed at least once, and no line in its name fails.
    public boolean isSignedBy(VerifierKey key) {
        boolean signed = false;
        for (NoteSignature signature : signatures) {
            if (signature.isOf(key)) {
                if (!signature.verifies(text, key)) {
                    return false;
                }
                signed = true;
            }
        }
        return signed;
    }

    static byte[] textBytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void requireText(String text) {
        if (!text.endsWith("\n")) {
            throw new MalformedLog("the text of a note ends in a newline");
        }
        if (text.chars().anyMatch(c -> c < ' ' && c != '\n')) {
            throw new MalformedLog("the text of a note has a control character");
        }
    }

    /// The note as it is sent and stored.
    @Override
    public String toString() {
        StringBuilder note = new StringBuilder(text).append('\n');
        signatures.forEach(signature -> note.append(signature).append('\n'));
        return note.toString();
    }
}
