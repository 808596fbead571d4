package org.kerege.pattern.enforce;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A file of Zeek's intelligence framework: fields by tabs, bytes that mean something to its reader as `\xHH`. Source:
/// Zeek's documentation, "Intelligence framework" and "Input framework" (ASCII reader).
final class ZeekIntelligence implements Writing {

    @Override
    public Target accept(Target target) throws Inexpressible {
        return switch (target.kind()) {
            case DOMAIN -> Target.of(Target.Kind.DOMAIN, Hosts.onTheWire(target.value()));
            case URL -> {
                WebAddress.of(target.value());
                yield target;
            }
            case SHA_512 -> throw new Inexpressible("Zeek reckons no SHA-512");
            case IPV4, IPV6, MD5, SHA_1, SHA_256, FILE_NAME, EMAIL, CERTIFICATE ->
                    target.withoutPort();
        };
    }

    @Override
    public Map<String, String> write(List<Line> lines, Instant now) {
        StringBuilder text =
                new StringBuilder(
                        "#fields\tindicator\tindicator_type\tmeta.source\tmeta.desc\tmeta.do_notice\n");
        for (Line line : lines) {
            text.append(escaped(indicator(line.target())))
                    .append('\t')
                    .append(type(line.target()))
                    .append("\tKerege\t")
                    .append(line.indicator())
                    .append("\tT\n");
        }
        return Map.of("kerege.intel", text.toString());
    }

    /// Zeek compares addresses of the web without their scheme.
    private static String indicator(Target target) {
        if (target.kind() != Target.Kind.URL) {
            return target.value();
        }
        try {
            WebAddress address = WebAddress.of(target.value());
            return address.host()
                    + (address.port() == 0 ? "" : ":" + address.port())
                    + address.target();
        } catch (Inexpressible e) {
            throw new IllegalStateException("it was accepted before", e);
        }
    }

    private static String type(Target target) {
        return switch (target.kind()) {
            case IPV4, IPV6 -> target.isNetwork() ? "Intel::SUBNET" : "Intel::ADDR";
            case DOMAIN -> "Intel::DOMAIN";
            case URL -> "Intel::URL";
            case MD5, SHA_1, SHA_256 -> "Intel::FILE_HASH";
            case FILE_NAME -> "Intel::FILE_NAME";
            case CERTIFICATE -> "Intel::CERT_HASH";
            case EMAIL -> "Intel::EMAIL";
            case SHA_512 -> throw new IllegalStateException("it was refused before");
        };
    }

    private static String escaped(String value) {
        StringBuilder out = new StringBuilder();
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        // A field of one hyphen is an unset one, and one that begins with # a comment.
        boolean special = value.equals("-") || value.equals("(empty)") || value.startsWith("#");
        for (int i = 0; i < bytes.length; i++) {
            int c = bytes[i] & 0xff;
            if (c < 0x20 || c >= 0x7f || c == '\\' || (special && i == 0)) {
                out.append("\\x%02x".formatted(c));
            } else {
                out.append((char) c);
            }
        }
        return out.toString();
    }
}
