package org.kerege.stix.upgrade;

import java.util.Map;

/// Properties of observables that have another name in STIX 2.1, or none. Those with none are kept under a
/// custom name, `x_` before the old one, in observations and patterns alike, so that what matched still matches.
/// Source: STIX 2.0 part 4 against STIX 2.1 §6.
final class Renames {

    private static final Map<String, String> TIMES =
            Map.of("created", "ctime", "modified", "mtime", "accessed", "atime");

    private static final Map<String, Map<String, String>> OF_TYPE =
            Map.of(
                    "directory",
                    TIMES,
                    "file",
                    Map.of(
                            "created", "ctime",
                            "modified", "mtime",
                            "accessed", "atime",
                            "is_encrypted", "x_is_encrypted",
                            "encryption_algorithm", "x_encryption_algorithm",
                            "decryption_key", "x_decryption_key"),
                    "process",
                    Map.of(
                            "created", "created_time",
                            "binary_ref", "image_ref",
                            "name", "x_name",
                            "arguments", "x_arguments"),
                    "user-account",
                    Map.of("password_last_changed", "credential_last_changed"),
                    "windows-registry-key",
                    Map.of("modified", "modified_time"));

    private static final Map<String, Map<String, String>> OF_EXTENSION =
            Map.of(
                    "archive-ext",
                    Map.of("version", "x_version"),
                    "raster-image-ext",
                    Map.of("image_compression_algorithm", "x_image_compression_algorithm"),
                    "socket-ext",
                    Map.of("protocol_family", "x_protocol_family"));

    private static final Map<String, String> HASHES = Map.of("ssdeep", "SSDEEP");

    private Renames() {}

    /// Old to new names of the properties of an observable.
    static Map<String, String> ofType(String type) {
        return OF_TYPE.getOrDefault(type, Map.of());
    }

    /// Old to new names of the properties of an extension of an observable.
    static Map<String, String> ofExtension(String extension) {
        return OF_EXTENSION.getOrDefault(extension, Map.of());
    }

    /// Old to new names of hash algorithms. Source: STIX 2.1 §10.8.
    static Map<String, String> ofHashes() {
        return HASHES;
    }

    static boolean isCustom(String newName) {
        return newName.startsWith("x_");
    }
}
