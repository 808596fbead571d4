package org.kerege.stix;

import java.util.Locale;
import java.util.Map;

/// Hives of the Windows registry: logs and lists shorten their names, STIX writes them in full. Source: STIX 2.1 §6.17.
public final class RegistryHives {

    /// Full names by the short ones, which are in capitals.
    public static final Map<String, String> BY_SHORT_NAME =
            Map.of(
                    "HKLM", "HKEY_LOCAL_MACHINE",
                    "HKU", "HKEY_USERS",
                    "HKCR", "HKEY_CLASSES_ROOT",
                    "HKCU", "HKEY_CURRENT_USER",
                    "HKCC", "HKEY_CURRENT_CONFIG");

    private RegistryHives() {}

    /// The key with its hive in full; as it is where it begins with no short name.
    public static String inFull(String key) {
        int end = key.indexOf('\\');
        String hive = end < 0 ? key : key.substring(0, end);
        String full = BY_SHORT_NAME.get(hive.toUpperCase(Locale.ROOT));
        return full == null ? key : full + key.substring(hive.length());
    }
}
