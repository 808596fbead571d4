package org.kerege.node.witness;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.kerege.node.identity.SecretFile;
import org.kerege.tlog.KeyType;
import org.kerege.tlog.SigningKey;

/// The keys with which a node signs its ledger's heads and cosigns those of others, made at the first start and kept in
/// the data folder, readable by the node alone. A charter names their public sides in its witness policy.
///
/// @param log signs heads; its name is that of the log
/// @param witness cosigns
public record LogKeys(SigningKey log, SigningKey witness) {

    private static final int SEED_BYTES = 32;

    /// The keys of an organisation's node; new ones where there are none.
    ///
    /// @param data folder of the node's data
    public static LogKeys of(String organisation, Path data) throws IOException {
        String host = organisation.toLowerCase(Locale.ROOT).replaceAll("[^\\p{Alnum}.]+", "-");
        return new LogKeys(
                key(host + "/log", KeyType.LOG, data.resolve("keys/log-ed25519")),
                key(host + "/witness", KeyType.COSIGNATURE, data.resolve("keys/witness-ed25519")));
    }

    private static SigningKey key(String name, KeyType type, Path file) throws IOException {
        return SigningKey.fromSeed(name, type, SecretFile.readOrMake(file, SEED_BYTES));
    }
}
