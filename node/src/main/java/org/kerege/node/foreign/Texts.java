package org.kerege.node.foreign;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import org.jspecify.annotations.Nullable;

/// Bytes of files as text: by their mark of byte order, else as told, else as UTF-8.
final class Texts {

    private static final int MARK = 0xFEFF;

    private Texts() {}

    /// @param file for people
    /// @param encoding as the command line names it; null for UTF-8
    /// @throws IllegalArgumentException when the bytes are no text in it, or there is no such encoding
    static String of(byte[] bytes, String file, @Nullable String encoding) {
        Charset charset = marked(bytes);
        if (charset == null) {
            charset = encoding == null ? StandardCharsets.UTF_8 : named(encoding);
        }
        try {
            String text =
                    charset.newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)
                            .decode(ByteBuffer.wrap(bytes))
                            .toString();
            return !text.isEmpty() && text.charAt(0) == MARK ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(
                    file
                            + " is no text in "
                            + charset.name()
                            + "; say --encoding NAME, such as windows-1251 or iso-8859-1",
                    e);
        }
    }

    private static @Nullable Charset marked(byte[] bytes) {
        if (bytes.length < 2) {
            return null;
        }
        int first = (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff);
        if (first == MARK) {
            return StandardCharsets.UTF_16BE;
        }
        return first == 0xFFFE ? StandardCharsets.UTF_16LE : null;
    }

    private static Charset named(String encoding) {
        try {
            return Charset.forName(encoding);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new IllegalArgumentException("there is no encoding '" + encoding + "'", e);
        }
    }
}
