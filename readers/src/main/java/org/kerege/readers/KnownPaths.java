package org.kerege.readers;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// The types of cyber-observable objects and their properties, so that a misspelt mapping is refused and does not
/// silently find nothing. Source: STIX 2.1 §6.
final class KnownPaths {

    private static final String PROPERTIES =
            """
            artifact mime_type payload_bin url hashes encryption_algorithm decryption_key
            autonomous-system number name rir
            directory path path_enc ctime mtime atime contains_refs
            domain-name value resolves_to_refs
            email-addr value display_name belongs_to_ref
            email-message is_multipart date content_type from_ref sender_ref to_refs cc_refs bcc_refs message_id subject received_lines additional_header_fields body body_multipart raw_email_ref
            file hashes size name name_enc magic_number_hex mime_type ctime mtime atime parent_directory_ref contains_refs content_ref
            ipv4-addr value resolves_to_refs belongs_to_refs
            ipv6-addr value resolves_to_refs belongs_to_refs
            mac-addr value
            mutex name
            network-traffic start end is_active src_ref dst_ref src_port dst_port protocols src_byte_count dst_byte_count src_packets dst_packets ipfix src_payload_ref dst_payload_ref encapsulates_refs encapsulated_by_ref
            process is_hidden pid created_time cwd command_line environment_variables opened_connection_refs creator_user_ref image_ref parent_ref child_refs
            software name cpe swid languages vendor version
            url value
            user-account user_id credential account_login account_type display_name is_service_account is_privileged can_escalate_privs is_disabled account_created account_expires credential_last_changed account_first_login account_last_login
            windows-registry-key key values modified_time creator_user_ref number_of_subkeys
            x509-certificate is_self_signed hashes version serial_number signature_algorithm issuer validity_not_before validity_not_after subject subject_public_key_algorithm subject_public_key_modulus subject_public_key_exponent x509_v3_extensions
            address value
            """;

    private static final Set<String> WHOLE =
            Set.of(
                    "src_port",
                    "dst_port",
                    "src_byte_count",
                    "dst_byte_count",
                    "src_packets",
                    "dst_packets",
                    "pid",
                    "size",
                    "number",
                    "number_of_subkeys");

    private static final Map<String, Set<String>> BY_TYPE = new HashMap<>();

    static {
        PROPERTIES
                .lines()
                .map(line -> line.split(" "))
                .forEach(words -> BY_TYPE.put(words[0], Set.of(words)));
    }

    private KnownPaths() {}

    /// Whether STIX has the type, or it is a custom one (`x-…`).
    static boolean isType(String type) {
        return BY_TYPE.containsKey(type) || type.startsWith("x-");
    }

    /// Whether values of a property are whole numbers.
    static boolean isWhole(String property) {
        return WHOLE.contains(property);
    }

    /// Whether objects of a type have the property, which may be a custom one (`x_…`) or an extension.
    static boolean isProperty(String type, String property) {
        Set<String> known = BY_TYPE.get(type);
        return known == null
                || (known.contains(property) && !property.equals(type))
                || property.equals("extensions")
                || property.startsWith("x_");
    }
}
