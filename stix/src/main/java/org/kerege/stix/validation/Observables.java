package org.kerege.stix.validation;

import static org.kerege.stix.validation.Common.TEXTS;
import static org.kerege.stix.validation.Common.observable;
import static org.kerege.stix.validation.Kinds.BINARY;
import static org.kerege.stix.validation.Kinds.BOOLEAN;
import static org.kerege.stix.validation.Kinds.CHARACTER_SET;
import static org.kerege.stix.validation.Kinds.COUNT;
import static org.kerege.stix.validation.Kinds.HEX;
import static org.kerege.stix.validation.Kinds.INTEGER;
import static org.kerege.stix.validation.Kinds.SOFTWARE_LANGUAGE;
import static org.kerege.stix.validation.Kinds.TEXT;
import static org.kerege.stix.validation.Kinds.TIMESTAMP;
import static org.kerege.stix.validation.Kinds.URL;
import static org.kerege.stix.validation.Kinds.integer;
import static org.kerege.stix.validation.Kinds.list;
import static org.kerege.stix.validation.Kinds.object;
import static org.kerege.stix.validation.Kinds.oneOf;
import static org.kerege.stix.validation.Kinds.open;
import static org.kerege.stix.validation.References.to;

import java.util.List;
import java.util.Set;

/// The tables of the cyber-observable objects, in the order of STIX 2.1 §6. The properties that all of them
/// share stand in [Common#observable], their predefined extensions in [ObservableExtensions].
final class Observables {

    static final List<Shape> ALL =
            List.of(
                    plain("artifact", "6.1")
                            .optional("mime_type", Observed.REQUIRED_MEDIA_TYPE)
                            .optional("payload_bin", BINARY)
                            .optional("url", URL)
                            .optional("hashes", Hashes.KIND)
                            .optional(
                                    "encryption_algorithm",
                                    oneOf(
                                            "STIX 2.1 §10.4",
                                            "AES-256-GCM",
                                            "ChaCha20-Poly1305",
                                            "mime-type-indicated"))
                            .optional("decryption_key", TEXT)
                            .rule(Rules.eitherOr("STIX 2.1 §6.1", "payload_bin", "url"))
                            .rule(Rules.goesWith("STIX 2.1 §6.1", "url", "hashes"))
                            .rule(
                                    Rules.goesWith(
                                            "STIX 2.1 §6.1",
                                            "decryption_key",
                                            "encryption_algorithm"))
                            .build(),
                    plain("autonomous-system", "6.2")
                            .required("number", INTEGER)
                            .optional("name", TEXT)
                            .optional("rir", TEXT)
                            .build(),
                    plain("directory", "6.3")
                            .required("path", TEXT)
                            .optional("path_enc", CHARACTER_SET)
                            .optional("ctime", TIMESTAMP)
                            .optional("mtime", TIMESTAMP)
                            .optional("atime", TIMESTAMP)
                            .optional("contains_refs", list(to("file", "directory")))
                            .build(),
                    plain("domain-name", "6.4")
                            .required("value", Observed.DOMAIN_NAME)
                            .optional(
                                    "resolves_to_refs",
                                    list(to("ipv4-addr", "ipv6-addr", "domain-name")))
                            .build(),
                    plain("email-addr", "6.5")
                            .required("value", Observed.EMAIL_ADDRESS)
                            .optional("display_name", TEXT)
                            .optional("belongs_to_ref", to("user-account"))
                            .build(),
                    plain("email-message", "6.6")
                            .required("is_multipart", BOOLEAN)
                            .optional("date", TIMESTAMP)
                            .optional("content_type", TEXT)
                            .optional("from_ref", to("email-addr"))
                            .optional("sender_ref", to("email-addr"))
                            .optional("to_refs", list(to("email-addr")))
                            .optional("cc_refs", list(to("email-addr")))
                            .optional("bcc_refs", list(to("email-addr")))
                            .optional("message_id", TEXT)
                            .optional("subject", TEXT)
                            .optional("received_lines", TEXTS)
                            .optional("additional_header_fields", Observed.HEADER_FIELDS)
                            .optional("body", TEXT)
                            .optional("body_multipart", list(object(mimePart())))
                            .optional("raw_email_ref", to("artifact"))
                            .rule(Observed::bodyFitsMultipart)
                            .build(),
                    observable("file", "6.7")
                            .optional("extensions", ObservableExtensions.OF_FILE)
                            .optional("hashes", Hashes.KIND)
                            .optional("size", COUNT)
                            .optional("name", TEXT)
                            .optional("name_enc", CHARACTER_SET)
                            .optional("magic_number_hex", HEX)
                            .optional("mime_type", Observed.MEDIA_TYPE)
                            .optional("ctime", TIMESTAMP)
                            .optional("mtime", TIMESTAMP)
                            .optional("atime", TIMESTAMP)
                            .optional("parent_directory_ref", to("directory"))
                            .optional("contains_refs", list(References.OBSERVABLE))
                            .optional("content_ref", to("artifact"))
                            .anyOf("hashes", "name")
                            .build(),
                    plain("ipv4-addr", "6.8")
                            .required("value", Observed.IPV4)
                            .optional("resolves_to_refs", list(to("mac-addr")))
                            .optional("belongs_to_refs", list(to("autonomous-system")))
                            .build(),
                    plain("ipv6-addr", "6.9")
                            .required("value", Observed.IPV6)
                            .optional("resolves_to_refs", list(to("mac-addr")))
                            .optional("belongs_to_refs", list(to("autonomous-system")))
                            .build(),
                    plain("mac-addr", "6.10").required("value", Observed.MAC).build(),
                    plain("mutex", "6.11").required("name", TEXT).build(),
                    observable("network-traffic", "6.12")
                            .optional("extensions", ObservableExtensions.OF_NETWORK_TRAFFIC)
                            .optional("start", TIMESTAMP)
                            .optional("end", TIMESTAMP)
                            .optional("is_active", BOOLEAN)
                            .optional("src_ref", Observed.ENDPOINT)
                            .optional("dst_ref", Observed.ENDPOINT)
                            .optional("src_port", integer(0, 65_535))
                            .optional("dst_port", integer(0, 65_535))
                            .required("protocols", list(Observed.PROTOCOL))
                            .optional("src_byte_count", COUNT)
                            .optional("dst_byte_count", COUNT)
                            .optional("src_packets", COUNT)
                            .optional("dst_packets", COUNT)
                            .optional("ipfix", Observed.IPFIX)
                            .optional("src_payload_ref", to("artifact"))
                            .optional("dst_payload_ref", to("artifact"))
                            .optional("encapsulates_refs", list(to("network-traffic")))
                            .optional("encapsulated_by_ref", to("network-traffic"))
                            .anyOf("src_ref", "dst_ref")
                            .inOrder("start", "end")
                            .rule(Observed::activeHasNoEnd)
                            .rule(Observed::hasBothPorts)
                            .build(),
                    observable("process", "6.13")
                            .optional("extensions", ObservableExtensions.OF_PROCESS)
                            .optional("is_hidden", BOOLEAN)
                            .optional("pid", INTEGER)
                            .optional("created_time", TIMESTAMP)
                            .optional("cwd", TEXT)
                            .optional("command_line", TEXT)
                            .optional("environment_variables", Kinds.dictionary(TEXT))
                            .optional("opened_connection_refs", list(to("network-traffic")))
                            .optional("creator_user_ref", to("user-account"))
                            .optional("image_ref", to("file"))
                            .optional("parent_ref", to("process"))
                            .optional("child_refs", list(to("process")))
                            .anyBeside(Common.OF_OBSERVABLES)
                            .build(),
                    plain("software", "6.14")
                            .required("name", TEXT)
                            .optional("cpe", Observed.CPE)
                            .optional("swid", TEXT)
                            .optional("languages", list(SOFTWARE_LANGUAGE))
                            .optional("vendor", TEXT)
                            .optional("version", TEXT)
                            .build(),
                    plain("url", "6.15").required("value", URL).build(),
                    observable("user-account", "6.16")
                            .optional("extensions", ObservableExtensions.OF_USER_ACCOUNT)
                            .optional("user_id", TEXT)
                            .optional("credential", TEXT)
                            .optional("account_login", TEXT)
                            .optional("account_type", open(Vocabulary.ACCOUNT_TYPE))
                            .optional("display_name", TEXT)
                            .optional("is_service_account", BOOLEAN)
                            .optional("is_privileged", BOOLEAN)
                            .optional("can_escalate_privs", BOOLEAN)
                            .optional("is_disabled", BOOLEAN)
                            .optional("account_created", TIMESTAMP)
                            .optional("account_expires", TIMESTAMP)
                            .optional("credential_last_changed", TIMESTAMP)
                            .optional("account_first_login", TIMESTAMP)
                            .optional("account_last_login", TIMESTAMP)
                            .anyBeside(Common.OF_OBSERVABLES)
                            .build(),
                    plain("windows-registry-key", "6.17")
                            .optional("key", Observed.REGISTRY_KEY)
                            .optional("values", list(object(registryValue())))
                            .optional("modified_time", TIMESTAMP)
                            .optional("creator_user_ref", to("user-account"))
                            .optional("number_of_subkeys", COUNT)
                            .anyOf(
                                    "key",
                                    "values",
                                    "modified_time",
                                    "creator_user_ref",
                                    "number_of_subkeys")
                            .build(),
                    plain("x509-certificate", "6.18")
                            .optional("is_self_signed", BOOLEAN)
                            .optional("hashes", Hashes.KIND)
                            .optional("version", TEXT)
                            .optional("serial_number", TEXT)
                            .optional("signature_algorithm", TEXT)
                            .optional("issuer", TEXT)
                            .optional("validity_not_before", TIMESTAMP)
                            .optional("validity_not_after", TIMESTAMP)
                            .optional("subject", TEXT)
                            .optional("subject_public_key_algorithm", TEXT)
                            .optional("subject_public_key_modulus", TEXT)
                            .optional("subject_public_key_exponent", INTEGER)
                            .optional("x509_v3_extensions", object(certificateExtensions()))
                            .anyOf(
                                    "is_self_signed",
                                    "hashes",
                                    "version",
                                    "serial_number",
                                    "signature_algorithm",
                                    "issuer",
                                    "validity_not_before",
                                    "validity_not_after",
                                    "subject",
                                    "subject_public_key_algorithm",
                                    "subject_public_key_modulus",
                                    "subject_public_key_exponent",
                                    "x509_v3_extensions")
                            .build());

    private Observables() {}

    private static Shape.Table plain(String type, String section) {
        return observable(type, section).optional("extensions", Extensions.NONE_PREDEFINED);
    }

    private static Shape mimePart() {
        return Shape.table("MIME part", "6.6.2")
                .others(Shape.Others.CUSTOM)
                .optional("body", TEXT)
                .optional("body_raw_ref", to("artifact", "file"))
                .optional("content_type", TEXT)
                .optional("content_disposition", TEXT)
                .rule(Rules.eitherOr("STIX 2.1 §6.6.2", "body", "body_raw_ref"))
                .build();
    }

    private static Shape registryValue() {
        return Shape.table("registry value", "6.17.2")
                .others(Shape.Others.CUSTOM)
                .optional("name", TEXT)
                .optional("data", TEXT)
                .optional(
                        "data_type",
                        oneOf(
                                "STIX 2.1 §10.29",
                                "REG_NONE",
                                "REG_SZ",
                                "REG_EXPAND_SZ",
                                "REG_BINARY",
                                "REG_DWORD",
                                "REG_DWORD_BIG_ENDIAN",
                                "REG_DWORD_LITTLE_ENDIAN",
                                "REG_LINK",
                                "REG_MULTI_SZ",
                                "REG_RESOURCE_LIST",
                                "REG_FULL_RESOURCE_DESCRIPTION",
                                "REG_RESOURCE_REQUIREMENTS_LIST",
                                "REG_QWORD",
                                "REG_INVALID_TYPE"))
                .anyBeside(Set.of())
                .build();
    }

    private static Shape certificateExtensions() {
        return Shape.table("set of X.509 v3 extensions", "6.18.2")
                .others(Shape.Others.CUSTOM)
                .optional("basic_constraints", TEXT)
                .optional("name_constraints", TEXT)
                .optional("policy_constraints", TEXT)
                .optional("key_usage", TEXT)
                .optional("extended_key_usage", TEXT)
                .optional("subject_key_identifier", TEXT)
                .optional("authority_key_identifier", TEXT)
                .optional("subject_alternative_name", TEXT)
                .optional("issuer_alternative_name", TEXT)
                .optional("subject_directory_attributes", TEXT)
                .optional("crl_distribution_points", TEXT)
                .optional("inhibit_any_policy", TEXT)
                .optional("private_key_usage_period_not_before", TIMESTAMP)
                .optional("private_key_usage_period_not_after", TIMESTAMP)
                .optional("certificate_policies", TEXT)
                .optional("policy_mappings", TEXT)
                .anyBeside(Set.of())
                .build();
    }
}
