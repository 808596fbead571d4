package org.kerege.pattern.enforce;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kerege.pattern.enforce.Target.Kind;

/// Lists for Suricata 7 and the rules that look into them: sets of names and addresses (`dataset`), and lists of hashes
/// (`filemd5`, `filesha1`, `filesha256`). One rule does for a million values. The members of a set of strings are
/// written in base64.
final class SuricataDatasets implements Writing {

    private final Use use;

    SuricataDatasets(Use use) {
        this.use = use;
    }

    @Override
    public Target accept(Target target) throws Inexpressible {
        if (target.isNetwork()) {
            throw new Inexpressible("a set holds single addresses: suricata");
        }
        return switch (target.kind()) {
            case IPV4, IPV6, MD5, SHA_1, SHA_256 -> target.withoutPort();
            case DOMAIN -> Target.of(Kind.DOMAIN, Hosts.onTheWire(target.value()));
            case URL, SHA_512, FILE_NAME, EMAIL, CERTIFICATE ->
                    throw new Inexpressible(
                            "Suricata has no set for values of kind " + target.kind().word());
        };
    }

    @Override
    public Map<String, String> write(List<Line> lines, Instant now) {
        Map<Kind, StringBuilder> lists = new EnumMap<>(Kind.class);
        for (Line line : lines) {
            Target target = line.target();
            Kind list = target.kind().isAddress() ? Kind.IPV4 : target.kind();
            lists.computeIfAbsent(list, _ -> new StringBuilder())
                    .append(target.kind() == Kind.DOMAIN ? base64(target.value()) : target.value())
                    .append('\n');
        }
        SuricataText numbers = new SuricataText();
        StringBuilder rules = new StringBuilder();
        Map<String, String> files = new LinkedHashMap<>();
        lists.forEach((kind, list) -> {
            String file = "kerege-" + (kind == Kind.IPV4 ? "ip" : kind.word()) + ".lst";
            files.put(file, list.toString());
            rules(kind, file, numbers, rules);
        });
        files.put("kerege.rules", rules.toString());
        return files;
    }

    private void rules(Kind kind, String file, SuricataText numbers, StringBuilder into) {
        switch (kind) {
            case DOMAIN -> {
                String set = set("kerege-domain", "string", file);
                for (String where : List.of("dns dns.query", "tls tls.sni", "http http.host")) {
                    String[] words = where.split(" ");
                    into.append(
                            numbers.rule(
                                    use,
                                    words[0] + " any any -> any any",
                                    "names in " + words[1].replace('.', ' '),
                                    words[1]
                                            + "; "
                                            + (words[0].equals("http") ? "" : "to_lowercase; ")
                                            + set));
                }
            }
            case IPV4 -> {
                for (String end : List.of("ip.src", "ip.dst")) {
                    into.append(
                            numbers.rule(
                                    use,
                                    "ip any any -> any any",
                                    "addresses in " + end.replace('.', ' '),
                                    end + "; " + set("kerege-ip", "ip", file)));
                }
            }
            default ->
                    into.append(
                            numbers.rule(
                                    use,
                                    "ip any any -> any any",
                                    "files by " + kind.word(),
                                    "file" + kind.word().replace("-", "") + ":" + file + ";"));
        }
    }

    private static String set(String name, String type, String file) {
        return "dataset:isset," + name + ",type " + type + ",load " + file + ";";
    }

    private static String base64(String value) {
        return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    }
}
