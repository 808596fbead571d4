package org.kerege.node.identity;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/// The key with which this node signs for its organisation, made at the first start and kept in `keys/node-ed25519`,
/// readable by the node alone. Every key names its suite, so that another can be used beside it and after it.
public final class NodeKey {

    /// Ed25519 as in RFC 8032.
    public static final String SUITE = "ed25519";

    private final Ed25519PrivateKeyParameters secret;
    private final byte[] publicKey;

    private NodeKey(Ed25519PrivateKeyParameters secret) {
        this.secret = secret;
        this.publicKey = secret.generatePublicKey().getEncoded();
    }

    /// The node's key; a new one where there is none.
    ///
    /// @param data folder of the node's data
    public static NodeKey of(Path data) throws IOException {
        byte[] seed =
                SecretFile.readOrMake(
                        data.resolve("keys/node-" + SUITE), Ed25519PrivateKeyParameters.KEY_SIZE);
        if (seed.length != Ed25519PrivateKeyParameters.KEY_SIZE) {
            throw new IOException(
                    "keys/node-"
                            + SUITE
                            + " is damaged: it has "
                            + seed.length
                            + " bytes and not "
                            + Ed25519PrivateKeyParameters.KEY_SIZE
                            + "; restore it from a backup");
        }
        return new NodeKey(new Ed25519PrivateKeyParameters(seed, 0));
    }

    /// `ed25519:` and 16 hexadecimal digits: the suite, and what tells this key from others of it (the first 8 bytes of
    /// SHA-256 over the public key).
    public String name() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(publicKey);
            return SUITE + ":" + HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// 32 bytes.
    public byte[] publicKey() {
        return publicKey.clone();
    }

    /// 64 bytes over `message`.
    public byte[] sign(byte[] message) {
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, secret);
        signer.update(message, 0, message.length);
        return signer.generateSignature();
    }

    /// The private key, for signers that need it whole.
    public byte[] privateKey() {
        return secret.getEncoded();
    }

    /// Name and public key, never the private one.
    @Override
    public String toString() {
        return name() + " " + Base64.getEncoder().encodeToString(publicKey);
    }
}
