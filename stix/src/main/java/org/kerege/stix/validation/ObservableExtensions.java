package org.kerege.stix.validation;

import static org.kerege.stix.validation.Common.TEXTS;
import static org.kerege.stix.validation.Kinds.BOOLEAN;
import static org.kerege.stix.validation.Kinds.COUNT;
import static org.kerege.stix.validation.Kinds.HEX;
import static org.kerege.stix.validation.Kinds.INTEGER;
import static org.kerege.stix.validation.Kinds.NUMBER;
import static org.kerege.stix.validation.Kinds.TEXT;
import static org.kerege.stix.validation.Kinds.TIMESTAMP_SECONDS;
import static org.kerege.stix.validation.Kinds.list;
import static org.kerege.stix.validation.Kinds.object;
import static org.kerege.stix.validation.Kinds.oneOf;
import static org.kerege.stix.validation.Kinds.open;
import static org.kerege.stix.validation.References.to;

import java.util.Map;
import java.util.Set;

/// The tables of the predefined extensions of cyber-observable objects. Source: STIX 2.1 §3.10, §6.7, §6.12,
/// §6.13, §6.16.
final class ObservableExtensions {

    static final Kind OF_FILE =
            Extensions.of(
                    Map.of(
                            "archive-ext",
                            extension("archive-ext", "6.7.2")
                                    .required("contains_refs", list(to("file", "directory")))
                                    .optional("comment", TEXT)
                                    .build(),
                            "ntfs-ext",
                            extension("ntfs-ext", "6.7.3")
                                    .optional("sid", TEXT)
                                    .optional(
                                            "alternate_data_streams",
                                            list(
                                                    object(
                                                            extension(
                                                                            "alternate data stream",
                                                                            "6.7.3.2")
                                                                    .required("name", TEXT)
                                                                    .optional("hashes", Hashes.KIND)
                                                                    .optional("size", COUNT)
                                                                    .build())))
                                    .anyBeside(Set.of())
                                    .build(),
                            "pdf-ext",
                            extension("pdf-ext", "6.7.4")
                                    .optional("version", TEXT)
                                    .optional("is_optimized", BOOLEAN)
                                    .optional("document_info_dict", Observed.PDF_INFORMATION)
                                    .optional("pdfid0", TEXT)
                                    .optional("pdfid1", TEXT)
                                    .anyBeside(Set.of())
                                    .build(),
                            "raster-image-ext",
                            extension("raster-image-ext", "6.7.5")
                                    .optional("image_height", INTEGER)
                                    .optional("image_width", INTEGER)
                                    .optional("bits_per_pixel", INTEGER)
                                    .optional("exif_tags", Observed.EXIF_TAGS)
                                    .anyBeside(Set.of())
                                    .build(),
                            "windows-pebinary-ext",
                            extension("windows-pebinary-ext", "6.7.6")
                                    .required("pe_type", open(Vocabulary.WINDOWS_PEBINARY_TYPE))
                                    .optional("imphash", TEXT)
                                    .optional("machine_hex", HEX)
                                    .optional("number_of_sections", COUNT)
                                    .optional("time_date_stamp", TIMESTAMP_SECONDS)
                                    .optional("pointer_to_symbol_table_hex", HEX)
                                    .optional("number_of_symbols", COUNT)
                                    .optional("size_of_optional_header", COUNT)
                                    .optional("characteristics_hex", HEX)
                                    .optional("file_header_hashes", Hashes.KIND)
                                    .optional("optional_header", object(optionalHeader()))
                                    .optional("sections", list(object(section())))
                                    .anyBeside(Set.of("pe_type"))
                                    .build()));

    static final Kind OF_NETWORK_TRAFFIC =
            Extensions.of(
                    Map.of(
                            "http-request-ext",
                            extension("http-request-ext", "6.12.2")
                                    .required("request_method", TEXT)
                                    .required("request_value", TEXT)
                                    .optional("request_version", TEXT)
                                    .optional("request_header", Observed.REQUEST_HEADER)
                                    .optional("message_body_length", INTEGER)
                                    .optional("message_body_data_ref", to("artifact"))
                                    .build(),
                            "icmp-ext",
                            extension("icmp-ext", "6.12.3")
                                    .required("icmp_type_hex", HEX)
                                    .required("icmp_code_hex", HEX)
                                    .build(),
                            "socket-ext",
                            extension("socket-ext", "6.12.4")
                                    .required(
                                            "address_family",
                                            oneOf(
                                                    "STIX 2.1 §10.16",
                                                    "AF_UNSPEC",
                                                    "AF_INET",
                                                    "AF_IPX",
                                                    "AF_APPLETALK",
                                                    "AF_NETBIOS",
                                                    "AF_INET6",
                                                    "AF_IRDA",
                                                    "AF_BTH"))
                                    .optional("is_blocking", BOOLEAN)
                                    .optional("is_listening", BOOLEAN)
                                    .optional("options", Observed.SOCKET_OPTIONS)
                                    .optional(
                                            "socket_type",
                                            oneOf(
                                                    "STIX 2.1 §10.17",
                                                    "SOCK_STREAM",
                                                    "SOCK_DGRAM",
                                                    "SOCK_RAW",
                                                    "SOCK_RDM",
                                                    "SOCK_SEQPACKET"))
                                    .optional("socket_descriptor", COUNT)
                                    .optional("socket_handle", INTEGER)
                                    .build(),
                            "tcp-ext",
                            extension("tcp-ext", "6.12.5")
                                    .optional("src_flags_hex", HEX)
                                    .optional("dst_flags_hex", HEX)
                                    .anyBeside(Set.of())
                                    .build()));

    static final Kind OF_PROCESS =
            Extensions.of(
                    Map.of(
                            "windows-process-ext",
                            extension("windows-process-ext", "6.13.2")
                                    .optional("aslr_enabled", BOOLEAN)
                                    .optional("dep_enabled", BOOLEAN)
                                    .optional("priority", Observed.PROCESS_PRIORITY)
                                    .optional("owner_sid", TEXT)
                                    .optional("window_title", TEXT)
                                    .optional("startup_info", Observed.STARTUP_INFO)
                                    .optional(
                                            "integrity_level",
                                            oneOf(
                                                    "STIX 2.1 §10.27",
                                                    "low",
                                                    "medium",
                                                    "high",
                                                    "system"))
                                    .anyBeside(Set.of())
                                    .build(),
                            "windows-service-ext",
                            extension("windows-service-ext", "6.13.3")
                                    .optional("service_name", TEXT)
                                    .optional("descriptions", TEXTS)
                                    .optional("display_name", TEXT)
                                    .optional("group_name", TEXT)
                                    .optional(
                                            "start_type",
                                            oneOf(
                                                    "STIX 2.1 §10.30",
                                                    "SERVICE_AUTO_START",
                                                    "SERVICE_BOOT_START",
                                                    "SERVICE_DEMAND_START",
                                                    "SERVICE_DISABLED",
                                                    "SERVICE_SYSTEM_ALERT"))
                                    .optional("service_dll_refs", list(to("file")))
                                    .optional(
                                            "service_type",
                                            oneOf(
                                                    "STIX 2.1 §10.31",
                                                    "SERVICE_KERNEL_DRIVER",
                                                    "SERVICE_FILE_SYSTEM_DRIVER",
                                                    "SERVICE_WIN32_OWN_PROCESS",
                                                    "SERVICE_WIN32_SHARE_PROCESS"))
                                    .optional(
                                            "service_status",
                                            oneOf(
                                                    "STIX 2.1 §10.32",
                                                    "SERVICE_CONTINUE_PENDING",
                                                    "SERVICE_PAUSE_PENDING",
                                                    "SERVICE_PAUSED",
                                                    "SERVICE_RUNNING",
                                                    "SERVICE_START_PENDING",
                                                    "SERVICE_STOP_PENDING",
                                                    "SERVICE_STOPPED"))
                                    .anyBeside(Set.of())
                                    .build()));

    static final Kind OF_USER_ACCOUNT =
            Extensions.of(
                    Map.of(
                            "unix-account-ext",
                            extension("unix-account-ext", "6.16.2")
                                    .optional("gid", INTEGER)
                                    .optional("groups", TEXTS)
                                    .optional("home_dir", TEXT)
                                    .optional("shell", TEXT)
                                    .anyBeside(Set.of())
                                    .build()));

    private ObservableExtensions() {}

    private static Shape.Table extension(String name, String section) {
        return Shape.table(name, section).others(Shape.Others.CUSTOM);
    }

    private static Shape section() {
        return extension("section of a PE binary", "6.7.6.3")
                .required("name", TEXT)
                .optional("size", COUNT)
                .optional("entropy", NUMBER)
                .optional("hashes", Hashes.KIND)
                .build();
    }

    private static Shape optionalHeader() {
        return Shape.table("optional header of a PE binary", "6.7.6.2")
                .others(Shape.Others.NONE)
                .optional("magic_hex", HEX)
                .optional("major_linker_version", INTEGER)
                .optional("minor_linker_version", INTEGER)
                .optional("size_of_code", COUNT)
                .optional("size_of_initialized_data", COUNT)
                .optional("size_of_uninitialized_data", COUNT)
                .optional("address_of_entry_point", INTEGER)
                .optional("base_of_code", INTEGER)
                .optional("base_of_data", INTEGER)
                .optional("image_base", INTEGER)
                .optional("section_alignment", INTEGER)
                .optional("file_alignment", INTEGER)
                .optional("major_os_version", INTEGER)
                .optional("minor_os_version", INTEGER)
                .optional("major_image_version", INTEGER)
                .optional("minor_image_version", INTEGER)
                .optional("major_subsystem_version", INTEGER)
                .optional("minor_subsystem_version", INTEGER)
                .optional("win32_version_value_hex", HEX)
                .optional("size_of_image", COUNT)
                .optional("size_of_headers", COUNT)
                .optional("checksum_hex", HEX)
                .optional("subsystem_hex", HEX)
                .optional("dll_characteristics_hex", HEX)
                .optional("size_of_stack_reserve", COUNT)
                .optional("size_of_stack_commit", COUNT)
                .optional("size_of_heap_reserve", COUNT)
                .optional("size_of_heap_commit", COUNT)
                .optional("loader_flags_hex", HEX)
                .optional("number_of_rva_and_sizes", INTEGER)
                .optional("hashes", Hashes.KIND)
                .anyBeside(Set.of())
                .build();
    }
}
