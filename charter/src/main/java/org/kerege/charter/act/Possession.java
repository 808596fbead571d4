package org.kerege.charter.act;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.kerege.tlog.SigningKey;
import org.kerege.tlog.VerifierKey;

/// That whoever asks for a key to be bound to a member has it: the key's own signature of `kerege-key`, the alliance,
/// the member and the key's text, a line each. Without it a member could claim another's key as its own.
public final class Possession {

    private Possession() {}

    /// The proof, in base64.
    ///
    /// @param alliance digest of the founding act
    public static String prove(SigningKey key, String alliance, String member) {
        return Base64.getEncoder()
                .encodeToString(key.sign(statement(key.verifier(), alliance, member)));
    }

    static boolean holds(@Nullable String proof, VerifierKey key, String alliance, String member) {
        if (proof == null) {
            return false;
        }
        try {
            return key.verifies(
                    statement(key, alliance, member), Base64.getDecoder().decode(proof));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static byte[] statement(VerifierKey key, String alliance, String member) {
        return String.join("\n", "kerege-key", alliance, member, key.toString(), "")
                .getBytes(StandardCharsets.UTF_8);
    }
}
