package org.kerege.pattern.enforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerege.pattern.Pattern;
import org.kerege.pattern.enforce.Enforcement.Written;

class EnforcementTest {

    private static final Instant NOW = Instant.parse("2024-06-01T00:00:00Z");

    private static Written export(Format format, String... patterns) {
        return export(format, format.uses().getFirst(), patterns);
    }

    private static Written export(Format format, Use use, String... patterns) {
        Enforcement enforcement = new Enforcement(format, use, Set.of());
        for (int i = 0; i < patterns.length; i++) {
            enforcement.add(
                    "indicator--%08d-0000-4000-8000-000000000000".formatted(i),
                    Pattern.parse(patterns[i]).expression(),
                    NOW,
                    null);
        }
        return enforcement.write(NOW);
    }

    private static String only(Written written) {
        assertThat(written.files()).hasSize(1);
        return written.files().values().iterator().next();
    }

    @Test
    void writes_each_value_once_in_one_order() {
        Written written =
                export(
                        Format.PLAIN,
                        "[domain-name:value = 'b.example'] OR [domain-name:value = 'a.example']",
                        "[ipv4-addr:value IN ('192.0.2.1', '192.0.2.2')]",
                        "[domain-name:value = 'a.example']",
                        "[ipv4-addr:value ISSUBSET '198.51.100.7/24']");

        assertThat(only(written).lines())
                .containsExactly(
                        "192.0.2.1", "192.0.2.2", "198.51.100.0/24", "a.example", "b.example");
        assertThat(written.indicators()).isEqualTo(4);
        assertThat(written.refusals()).isEmpty();
    }

    @Test
    void leaves_out_whole_and_names_what_a_list_cannot_say() {
        Written written =
                export(
                        Format.PLAIN,
                        "[domain-name:value = 'a.example'] AND [domain-name:value = 'b.example']",
                        "[url:value LIKE '%/gate.php']",
                        "[file:name = 'a' AND file:size = 3]",
                        "[domain-name:value = 'c.example' OR process:command_line = 'x']",
                        "[domain-name:value != 'a.example']",
                        "[network-traffic:dst_ref.value = '192.0.2.1' AND network-traffic:dst_port = 80]",
                        "[file:name = '# no comment']",
                        "[network-traffic:dst_port = 80]",
                        "[domain-name:value = 'good.example']");

        assertThat(only(written)).isEqualTo("good.example\n");
        assertThat(written.refusals()).hasSize(8);
        assertThat(written.reasons())
                .containsEntry("it asks for several observations", 1)
                .containsEntry("it asks for a part of a value", 1)
                .containsEntry("it asks for a port, and this format knows none", 1)
                .containsEntry("its value cannot stand on a line by itself", 1);
    }

    @Test
    void takes_an_address_that_is_only_connected_to() {
        Written written =
                export(
                        Format.PLAIN,
                        "[network-traffic:dst_ref.type = 'ipv4-addr' AND network-traffic:dst_ref.value = '192.0.2.9']");

        assertThat(only(written)).isEqualTo("192.0.2.9\n");
    }

    @Test
    void refuses_a_format_for_what_it_is_not_for() {
        assertThatThrownBy(() -> new Enforcement(Format.RPZ, Use.SEARCH, Set.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rpz is not for 'search' but for block");
    }

    @Test
    void quotes_what_a_table_needs_quoted_and_refuses_formulas() {
        Written written =
                export(
                        Format.CSV,
                        "[file:name = 'a,\"b\"']",
                        "[file:name = '=cmd()']",
                        "[network-traffic:dst_ref.value = '192.0.2.1' AND network-traffic:dst_port = 80]");

        assertThat(only(written))
                .isEqualTo(
                        "value,kind,port,indicator,valid_from,valid_until\r\n"
                                + "192.0.2.1,ipv4,80,indicator--00000002-0000-4000-8000-000000000000,2024-06-01T00:00:00Z,\r\n"
                                + "\"a,\"\"b\"\"\",file-name,,indicator--00000000-0000-4000-8000-000000000000,2024-06-01T00:00:00Z,\r\n");
        assertThat(written.reasons())
                .containsOnlyKeys("a spreadsheet would take its value for a formula");
    }

    /// Reads rules as Suricata's documentation describes them, and nothing else.
    private static List<Map<String, String>> rules(String text) throws IOException {
        List<Map<String, String>> rules = new ArrayList<>();
        for (String line : text.lines().toList()) {
            Matcher rule =
                    java.util.regex.Pattern.compile(
                                    "(alert|drop) (ip|tcp|udp|dns|tls|http) (\\S+) (\\S+) (->|<>) (\\S+) (\\S+) \\((.*)\\)")
                            .matcher(line);
            assertThat(rule.matches()).as(line).isTrue();
            Map<String, String> read = new HashMap<>();
            read.put("header", line.substring(0, line.indexOf(" (")));
            String rest = rule.group(8);
            String buffer = "";
            while (!rest.isBlank()) {
                Matcher option =
                        java.util.regex.Pattern.compile(
                                        "\\s*([a-z0-9._]+)(?::(\"(?:[^\"\\\\;]|\\\\.)*\"|[^;\"]*))?;(.*)")
                                .matcher(rest);
                assertThat(option.matches()).as("options of " + line + ": " + rest).isTrue();
                String name = option.group(1);
                @Nullable String value = option.group(2);
                if (name.equals("content")) {
                    String quoted = Objects.requireNonNull(value);
                    read.put(buffer, bytes(quoted.substring(1, quoted.length() - 1)));
                } else if (value == null) {
                    buffer = name.contains(".") ? name : buffer;
                } else {
                    assertThat(read.put(name, value)).as(line).isNull();
                }
                rest = option.group(3);
            }
            assertThat(Long.parseLong(read.get("sid"))).isBetween(3_000_000_000L, 4_294_967_295L);
            rules.add(read);
        }
        assertThat(rules.stream().map(rule -> rule.get("sid"))).doesNotHaveDuplicates();
        return rules;
    }

    private static String bytes(String content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String[] parts = content.split("\\|", -1);
        for (int i = 0; i < parts.length; i++) {
            if (i % 2 == 0) {
                assertThat(parts[i]).doesNotContainPattern("[\";:\\\\]");
                out.write(parts[i].getBytes(StandardCharsets.US_ASCII));
            } else {
                out.write(HexFormat.of().parseHex(parts[i].replace(" ", "")));
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void writes_rules_of_suricata_that_hold_exactly_the_value() throws IOException {
        Written written =
                export(
                        Format.SURICATA,
                        "[domain-name:value = 'Evil.Example.']",
                        "[ipv4-addr:value = '192.0.2.1']",
                        "[network-traffic:dst_ref.value = '2001:db8::1' AND network-traffic:dst_port = 443 AND network-traffic:protocols[*] = 'tcp']",
                        "[url:value = 'http://h.example:8080/a;b:\"c\"|d?x=1']",
                        "[url:value = 'https://h.example/']",
                        "[file:hashes.MD5 = '0123456789abcdef0123456789abcdef']",
                        "[x509-certificate:hashes.'SHA-1' = '0123456789abcdef0123456789abcdef01234567']",
                        "[domain-name:value = 'a b.example']");

        List<Map<String, String>> rules = rules(only(written));
        assertThat(rules.stream().map(rule -> rule.get("header")))
                .containsExactlyInAnyOrder(
                        "alert dns any any -> any any",
                        "alert tls any any -> any any",
                        "alert http any any -> any any",
                        "alert ip any any <> 192.0.2.1 any",
                        "alert tcp any any -> [2001:db8::1] 443",
                        "alert http any any -> any 8080",
                        "alert tls any any -> any any");
        assertThat(rules)
                .anyMatch(rule -> "evil.example".equals(rule.get("dns.query")))
                .anyMatch(rule ->
                        "h.example".equals(rule.get("http.host"))
                                && "/a;b:\"c\"|d?x=1".equals(rule.get("http.uri.raw")))
                .anyMatch(rule ->
                        "01:23:45:67:89:ab:cd:ef:01:23:45:67:89:ab:cd:ef:01:23:45:67"
                                .equals(rule.get("tls.cert_fingerprint")));
        assertThat(written.reasons())
                .containsOnlyKeys(
                        "the wire does not show an address inside TLS",
                        "hashes are looked up in lists: suricata-dataset",
                        "its name is none that a name server knows");
    }

    @Test
    void drops_where_it_is_to_block() throws IOException {
        Written written = export(Format.SURICATA, Use.BLOCK, "[ipv4-addr:value = '192.0.2.1']");

        assertThat(rules(only(written)).getFirst().get("header"))
                .isEqualTo("drop ip any any <> 192.0.2.1 any");
    }

    @Test
    void writes_sets_of_suricata_with_the_rules_that_use_them() throws IOException {
        Written written =
                export(
                        Format.SURICATA_DATASET,
                        "[domain-name:value = 'evil.example']",
                        "[ipv4-addr:value = '192.0.2.1']",
                        "[ipv6-addr:value = '2001:db8::1']",
                        "[ipv4-addr:value ISSUBSET '192.0.2.0/24']",
                        "[file:hashes.'SHA-256' = '%s']".formatted("ab".repeat(32)));

        assertThat(written.files())
                .containsEntry("kerege-domain.lst", "ZXZpbC5leGFtcGxl\n")
                .containsEntry("kerege-ip.lst", "192.0.2.1\n2001:db8::1\n")
                .containsEntry("kerege-sha-256.lst", "ab".repeat(32) + "\n");
        String text = written.files().getOrDefault("kerege.rules", "");
        assertThat(rules(text)).hasSize(6);
        assertThat(text).contains("filesha256:kerege-sha-256.lst;");
        written.files().keySet().stream()
                .filter(name -> name.endsWith(".lst"))
                .forEach(name -> assertThat(text).contains(name));
        assertThat(written.refusals()).hasSize(1);
    }

    @Test
    void writes_fields_of_zeek_that_read_back() {
        Written written =
                export(
                        Format.ZEEK,
                        "[file:name = '-']",
                        "[file:name = 'a\\\\b\tc']",
                        "[url:value = 'https://h.example/x?y']",
                        "[ipv4-addr:value ISSUBSET '192.0.2.0/24']",
                        "[domain-name:value = 'bücher.example']",
                        "[file:hashes.'SHA-512' = '%s']".formatted("ab".repeat(64)));

        List<String> lines = only(written).lines().toList();
        List<String[]> fields = lines.stream().map(line -> line.split("\t", -1)).toList();
        assertThat(lines.getFirst()).startsWith("#fields\tindicator\tindicator_type\t");
        assertThat(fields).allMatch(one -> one.length == (one[0].equals("#fields") ? 6 : 5));
        assertThat(fields.stream().skip(1).map(one -> unescaped(one[0]) + " " + one[1]))
                .containsExactlyInAnyOrder(
                        "- Intel::FILE_NAME",
                        "a\\b\tc Intel::FILE_NAME",
                        "h.example/x?y Intel::URL",
                        "192.0.2.0/24 Intel::SUBNET",
                        "xn--bcher-kva.example Intel::DOMAIN");
        assertThat(fields.stream().map(one -> one[0])).doesNotContain("-");
        assertThat(written.reasons()).containsOnlyKeys("Zeek reckons no SHA-512");
    }

    private static String unescaped(String field) {
        return java.util.regex.Pattern.compile("\\\\x([0-9a-f]{2})")
                .matcher(field)
                .replaceAll(one ->
                        Matcher.quoteReplacement(
                                String.valueOf((char) Integer.parseInt(one.group(1), 16))));
    }

    @Test
    void writes_a_zone_that_a_name_server_loads(@TempDir Path folder)
            throws IOException, InterruptedException {
        Written written =
                export(
                        Format.RPZ,
                        "[domain-name:value = 'evil.example']",
                        "[domain-name:value = 'bücher.example']",
                        "[domain-name:value = '%s.example']".formatted("a".repeat(64)),
                        "[ipv4-addr:value = '192.0.2.1']",
                        "[ipv4-addr:value ISSUBSET '198.51.100.0/24']",
                        "[ipv6-addr:value = '2001:db8::a:0:1']",
                        "[url:value = 'http://h.example/']");

        String zone = only(written);
        assertThat(zone.lines().skip(4).map(line -> line.replaceAll(" ;.*", "")))
                .containsExactly(
                        "32.1.2.0.192.rpz-ip IN CNAME .",
                        "24.0.100.51.198.rpz-ip IN CNAME .",
                        "128.1.0.a.zz.db8.2001.rpz-ip IN CNAME .",
                        "evil.example IN CNAME .",
                        "xn--bcher-kva.example IN CNAME .");
        assertThat(written.refusals()).hasSize(2);
        Path checker = Path.of("/usr/bin/named-checkzone");
        assumeTrue(Files.isExecutable(checker), "the checker of zones is not installed");
        Path file = Files.writeString(folder.resolve("zone"), zone);
        Process run =
                new ProcessBuilder(checker.toString(), "rpz.kerege.invalid", file.toString())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(run.exitValue()).as(said).isZero();
    }

    @Test
    void writes_rules_of_sigma_in_which_wildcards_stand_for_themselves() {
        Written written =
                export(
                        Format.SIGMA,
                        "[file:name = 'it''s*.exe'] OR [domain-name:value = 'evil.example']"
                                .replace("''", "\\'"),
                        "[file:hashes.MD5 = '0123456789abcdef0123456789abcdef']",
                        "[email-addr:value = 'a@b.example']");

        String text = only(written);
        assertThat(text.split("---\n")).hasSize(3);
        assertThat(text)
                .contains("TargetFilename|endswith:\n            - '\\\\it''s\\*.exe'")
                .contains("Hashes|contains:\n            - 'MD5=0123456789ABCDEF0123456789ABCDEF'")
                .contains("query:\n            - 'evil.example'");
        assertThat(written.refusals()).hasSize(1);
    }
}
