package org.kerege.node.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.kerege.node.identity.SecretFile;
import org.kerege.tlog.KeyType;
import org.kerege.tlog.SigningKey;

/// The key with which this node signs what it tells peers, in `keys/peer-ed25519`, made when it is needed first. It is
/// another one than those of its ledger, so that it can be replaced without the ledger becoming another log. Thread-safe.
final class PeerKeys {

    private static final int SEED_BYTES = 32;
    private static final int SHOWN_BYTES = 4;

    private final String name;
    private final Path file;
    private @Nullable SigningKey current;

    /// @param data folder of the node's data
    PeerKeys(String organisation, Path data) {
        this.name =
                organisation.toLowerCase(Locale.ROOT).replaceAll("[^\\p{Alnum}.]+", "-") + "/peer";
        this.file = data.resolve("keys/peer-ed25519");
    }

    /// @throws UncheckedIOException when it can be neither read nor made
    synchronized SigningKey current() {
        SigningKey key = current;
        if (key == null) {
            key = SigningKey.fromSeed(name, KeyType.LOG, seed());
            current = key;
        }
        return key;
    }

    /// The seed of the current key, with which what is encrypted to it is opened.
    synchronized byte[] seed() {
        try {
            return SecretFile.readOrMake(file, SEED_BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException("the key for peers cannot be read", e);
        }
    }

    /// Makes a new key, which is the current one from now on. The one before stays beside it under a name of its own.
    synchronized SigningKey renew() throws IOException {
        SigningKey before = current();
        String mark = HexFormat.of().formatHex(before.verifier().publicKey(), 0, SHOWN_BYTES);
        Files.move(
                file,
                file.resolveSibling(file.getFileName() + "-before-" + mark),
                StandardCopyOption.ATOMIC_MOVE);
        current = null;
        return current();
    }
}
