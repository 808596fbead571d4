package org.kerege.node.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;

/// Secret bytes in a file that only the node's user can read, made at the first start.
public final class SecretFile {

    private SecretFile() {}

    /// The bytes of the file, which is made with random ones where there is none.
    public static byte[] readOrMake(Path file, int bytes) throws IOException {
        if (!Files.exists(file)) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            byte[] secret = new byte[bytes];
            new SecureRandom().nextBytes(secret);
            Files.createFile(
                    file,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
            Files.write(file, secret);
        }
        return Files.readAllBytes(file);
    }
}
