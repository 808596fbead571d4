package org.kerege.node.agreement;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.kerege.charter.act.DetachedJws;
import org.kerege.tlog.SigningKey;
import org.kerege.tlog.VerifierKey;

/// What a key signs to name the one that comes after it, in one agreement.
final class KeyHandover {

    private KeyHandover() {}

    static String sign(SigningKey before, UUID agreement, String next) {
        return DetachedJws.sign(before, payload(agreement, next));
    }

    static boolean verifies(VerifierKey before, UUID agreement, String next, String signature) {
        return DetachedJws.verifies(before, payload(agreement, next), signature);
    }

    private static byte[] payload(UUID agreement, String next) {
        return ("kerege key handover\n" + agreement + "\n" + next).getBytes(StandardCharsets.UTF_8);
    }
}
