package org.kerege.pattern.enforce;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Rules of Suricata, some for each value. The message names the indicator.
final class SuricataRules implements Writing {

    private final Use use;

    SuricataRules(Use use) {
        this.use = use;
    }

    @Override
    public Target accept(Target target) throws Inexpressible {
        return switch (target.kind()) {
            case IPV4, IPV6, CERTIFICATE -> target;
            case DOMAIN -> Target.of(Target.Kind.DOMAIN, Hosts.onTheWire(target.value()));
            case URL -> {
                if (!WebAddress.of(target.value()).scheme().equals("http")) {
                    throw new Inexpressible("the wire does not show an address inside TLS");
                }
                yield target;
            }
            case MD5, SHA_1, SHA_256 ->
                    throw new Inexpressible("hashes are looked up in lists: suricata-dataset");
            case SHA_512, FILE_NAME, EMAIL ->
                    throw new Inexpressible(
                            "Suricata has no rule for values of kind " + target.kind().word());
        };
    }

    @Override
    public Map<String, String> write(List<Line> lines, Instant now) {
        SuricataText rules = new SuricataText();
        StringBuilder text = new StringBuilder();
        for (Line line : lines) {
            rules(line.target(), line.indicator(), rules, text);
        }
        return Map.of("kerege.rules", text.toString());
    }

    private void rules(Target target, String indicator, SuricataText rules, StringBuilder into) {
        switch (target.kind()) {
            case IPV4, IPV6 -> into.append(rules.rule(use, connection(target), indicator, ""));
            case DOMAIN -> {
                String whole = SuricataText.whole(target.value());
                into.append(
                        rules.rule(
                                use,
                                "dns any any -> any any",
                                indicator,
                                "dns.query; " + whole + " nocase;"));
                into.append(
                        rules.rule(
                                use,
                                "tls any any -> any any",
                                indicator,
                                "tls.sni; " + whole + " nocase;"));
                into.append(
                        rules.rule(
                                use, "http any any -> any any", indicator, "http.host; " + whole));
            }
            case URL -> into.append(request(target.value(), indicator, rules));
            case CERTIFICATE ->
                    into.append(
                            rules.rule(
                                    use,
                                    "tls any any -> any any",
                                    indicator,
                                    "tls.cert_fingerprint; "
                                            + SuricataText.whole(
                                                    target.value()
                                                            .replaceAll("(..)(?=.)", "$1:"))));
            default -> throw new IllegalStateException(target.kind().word());
        }
    }

    private static String connection(Target target) {
        String address =
                target.kind() == Target.Kind.IPV6 ? "[" + target.value() + "]" : target.value();
        String transport = target.transport().isEmpty() ? "ip" : target.transport();
        String port = target.port() == 0 ? "any" : Integer.toString(target.port());
        if (target.destination()) {
            return transport + " any any -> " + address + " " + port;
        }
        return target.port() == 0 && target.transport().isEmpty()
                ? "ip any any <> " + address + " any"
                : transport + " " + address + " " + port + " -> any any";
    }

    private String request(String url, String indicator, SuricataText rules) {
        try {
            WebAddress address = WebAddress.of(url);
            String port = address.port() == 0 ? "any" : Integer.toString(address.port());
            return rules.rule(
                    use,
                    "http any any -> any " + port,
                    indicator,
                    "http.host; "
                            + SuricataText.whole(address.host())
                            + " http.uri.raw; "
                            + SuricataText.whole(address.target()));
        } catch (Inexpressible e) {
            throw new IllegalStateException("it was accepted before", e);
        }
    }
}
