package org.kerege.node.exchange.draft;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kerege.pattern.match.Network;

/// Something that can be observed, in its plain form.
///
/// @param value as it is compared with events: refanged, domains and hashes in lower case
public record Observable(Kind kind, String value) {

    private static final int LONGEST = 2_000;
    private static final int MOST_LABELS_CHARACTERS = 253;
    private static final Pattern URL =
            Pattern.compile(
                    "(?i)(https?|ftp)://(?:[^\\s/?#@]*@)?(\\[[0-9a-f:.]+]|[^\\s/?#:]+)\\S*");
    private static final Pattern LABEL =
            Pattern.compile("[\\p{L}\\p{N}_](?:[\\p{L}\\p{N}_-]{0,61}[\\p{L}\\p{N}])?");
    private static final Pattern LAST_LABEL =
            Pattern.compile("(?i)\\p{L}{2,24}|xn--[a-z0-9-]{2,58}");
    private static final Pattern MAIL = Pattern.compile("[\\p{L}\\p{N}._%+-]{1,64}@([^@\\s]+)");
    private static final Pattern HEX = Pattern.compile("\\p{XDigit}+");
    private static final Pattern CVE = Pattern.compile("(?i)CVE-\\d{4}-\\d{4,10}");

    /// Networks from which nobody attacks over the internet. Source: IANA registries of special-purpose addresses of
    /// IPv4 and IPv6, without those for documentation.
    private static final List<Network> LOCAL =
            List.of(
                            "0.0.0.0/8",
                            "10.0.0.0/8",
                            "100.64.0.0/10",
                            "127.0.0.0/8",
                            "169.254.0.0/16",
                            "172.16.0.0/12",
                            "192.168.0.0/16",
                            "224.0.0.0/3",
                            "::/127",
                            "fc00::/7",
                            "fe80::/10",
                            "ff00::/8")
                    .stream()
                    .map(network -> Network.parse(network).orElseThrow())
                    .toList();

    /// What kinds there are, each with the beginning of its pattern.
    public enum Kind {
        IPV4("ipv4-addr:value"),
        IPV6("ipv6-addr:value"),
        DOMAIN("domain-name:value"),
        URL("url:value"),
        MD5("file:hashes.MD5"),
        SHA_1("file:hashes.'SHA-1'"),
        SHA_256("file:hashes.'SHA-256'"),
        SHA_512("file:hashes.'SHA-512'"),
        EMAIL("email-addr:value"),
        CVE("");

        private final String path;

        Kind(String path) {
            this.path = path;
        }
    }

    /// Why something found is not drafted.
    public enum Obstacle {
        /// It names a person.
        PERSON,
        /// It is a vulnerability and nothing that a log shows.
        NO_PATTERN,
        /// It is an address of inner networks, which everyone has.
        LOCAL
    }

    /// Why no indicator is drafted of it; empty when one is.
    public Optional<Obstacle> obstacle() {
        return switch (kind) {
            case EMAIL -> Optional.of(Obstacle.PERSON);
            case CVE -> Optional.of(Obstacle.NO_PATTERN);
            case IPV4, IPV6 -> isLocal(value) ? Optional.of(Obstacle.LOCAL) : Optional.empty();
            case URL -> {
                Matcher url = URL.matcher(value);
                yield url.matches() && isLocal(url.group(2).replaceAll("[\\[\\]]", ""))
                        ? Optional.of(Obstacle.LOCAL)
                        : Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    /// The STIX pattern that finds it.
    public String pattern() {
        return "[" + kind.path + " = '" + value.replace("\\", "\\\\").replace("'", "\\'") + "']";
    }

    /// Reads one word in its plain form.
    ///
    /// @return empty when the word is nothing that can be observed
    public static Optional<Observable> of(String word) {
        if (word.length() < 4 || word.length() > LONGEST) {
            return Optional.empty();
        }
        if (URL.matcher(word).matches()) {
            return url(word);
        }
        Matcher mail = MAIL.matcher(word);
        if (mail.matches() && isDomain(mail.group(1))) {
            return Optional.of(new Observable(Kind.EMAIL, word.toLowerCase(Locale.ROOT)));
        }
        if (CVE.matcher(word).matches()) {
            return Optional.of(new Observable(Kind.CVE, word.toUpperCase(Locale.ROOT)));
        }
        Optional<Observable> address = address(word);
        if (address.isPresent()) {
            return address;
        }
        if (HEX.matcher(word).matches()) {
            return hash(word.toLowerCase(Locale.ROOT));
        }
        return isDomain(word)
                ? Optional.of(new Observable(Kind.DOMAIN, word.toLowerCase(Locale.ROOT)))
                : Optional.empty();
    }

    private static Optional<Observable> url(String word) {
        Matcher url = URL.matcher(word);
        String host = url.matches() ? url.group(2) : "";
        boolean good = isDomain(host) || Network.parse(host.replaceAll("[\\[\\]]", "")).isPresent();
        return good ? Optional.of(new Observable(Kind.URL, word)) : Optional.empty();
    }

    private static Optional<Observable> address(String word) {
        // A port says nothing of the address.
        String host =
                word.matches("[0-9.]+:\\d{1,5}") ? word.substring(0, word.indexOf(':')) : word;
        boolean six = host.indexOf(':') >= 0;
        if ((!six && !host.matches("\\d{1,3}(\\.\\d{1,3}){3}(/\\d{1,2})?"))
                || (six && host.length() < 6)
                || Network.parse(host).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Observable(six ? Kind.IPV6 : Kind.IPV4, host.toLowerCase(Locale.ROOT)));
    }

    private static Optional<Observable> hash(String hex) {
        return switch (hex.length()) {
            case 32 -> Optional.of(new Observable(Kind.MD5, hex));
            case 40 -> Optional.of(new Observable(Kind.SHA_1, hex));
            case 64 -> Optional.of(new Observable(Kind.SHA_256, hex));
            case 128 -> Optional.of(new Observable(Kind.SHA_512, hex));
            default -> Optional.empty();
        };
    }

    private static boolean isDomain(String text) {
        String[] labels = text.split("\\.", -1);
        if (labels.length < 2 || text.length() > MOST_LABELS_CHARACTERS) {
            return false;
        }
        for (String label : labels) {
            if (!LABEL.matcher(label).matches()) {
                return false;
            }
        }
        return LAST_LABEL.matcher(labels[labels.length - 1]).matches();
    }

    private static boolean isLocal(String address) {
        return Network.parse(address)
                .filter(network -> LOCAL.stream().anyMatch(local -> local.contains(network)))
                .isPresent();
    }
}
