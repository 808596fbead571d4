package org.kerege.charter.alliance;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kerege.charter.act.Act;
import org.kerege.charter.act.Author;
import org.kerege.tlog.SigningKey;

/// Signing keys as files that their owner alone can read, `NAME.key` each, a slash in the name written as `_`.
public final class KeyFolder {

    private final Path folder;

    /// @param folder it need not be there yet
    public KeyFolder(Path folder) {
        this.folder = folder;
    }

    /// Keeps a key.
    ///
    /// @throws FileAlreadyExistsException when a key of its name is kept already
    public void add(SigningKey key) throws IOException {
        Files.createDirectories(folder);
        Path file = file(key.verifier().name());
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            Files.createFile(
                    file,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(file);
        }
        Files.writeString(file, key.secretText() + "\n");
    }

    /// Whether a key of this name is kept here.
    public boolean has(String name) {
        return Files.exists(file(name));
    }

    /// The key of this name.
    ///
    /// @throws NoSuchFileException when it is not kept here
    public SigningKey key(String name) throws IOException {
        return SigningKey.parse(Files.readString(file(name)).strip());
    }

    /// All keys by name; none where the folder is not there.
    public Map<String, SigningKey> all() throws IOException {
        Map<String, SigningKey> keys = new LinkedHashMap<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.sorted().toList()) {
                    SigningKey key = SigningKey.parse(Files.readString(file).strip());
                    keys.put(key.verifier().name(), key);
                }
            }
        }
        return keys;
    }

    /// Who signs with a key, continuing its chain.
    ///
    /// @param acts among them those of the key
    /// @throws NoSuchFileException when the key is not kept here
    public Author author(String name, List<Act> acts) throws IOException {
        @Nullable Act last = null;
        for (Act act : acts) {
            if (act.key().equals(name) && (last == null || act.number() > last.number())) {
                last = act;
            }
        }
        return new Author(key(name), last);
    }

    private Path file(String name) {
        return folder.resolve(fileName(name) + ".key");
    }

    static String fileName(String keyName) {
        return keyName.replace('/', '_');
    }
}
