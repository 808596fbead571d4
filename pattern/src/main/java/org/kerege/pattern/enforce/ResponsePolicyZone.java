package org.kerege.pattern.enforce;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.kerege.pattern.match.Network;

/// A response policy zone: a name is answered as if it did not exist, and so is a name that resolves to an address of
/// the zone. Only the name itself, not those below it, since that is what the indicator says. Source:
/// draft-vixie-dnsop-dns-rpz-00 §4.
final class ResponsePolicyZone implements Writing {

    private static final String ORIGIN = "rpz.kerege.invalid.";

    @Override
    public Target accept(Target target) throws Inexpressible {
        return switch (target.kind()) {
            case DOMAIN -> {
                String name = Hosts.onTheWire(target.value());
                if (name.length() + ORIGIN.length() + 1 > 253) {
                    throw new Inexpressible("its name is too long for a zone");
                }
                yield Target.of(Target.Kind.DOMAIN, name);
            }
            case IPV4, IPV6 -> target.withoutPort();
            case URL, MD5, SHA_1, SHA_256, SHA_512, FILE_NAME, CERTIFICATE, EMAIL ->
                    throw new Inexpressible("a name server sees names and addresses alone");
        };
    }

    @Override
    public Map<String, String> write(List<Line> lines, Instant now) {
        StringBuilder zone =
                new StringBuilder(
                        """
                        $ORIGIN %s
                        $TTL 300
                        @ IN SOA localhost. hostmaster.localhost. %d 3600 600 604800 300
                        @ IN NS localhost.
                        """
                                .formatted(ORIGIN, now.getEpochSecond() & 0xffff_ffffL));
        for (Line line : lines) {
            Target target = line.target();
            zone.append(target.kind().isAddress() ? trigger(target.value()) : target.value())
                    .append(" IN CNAME . ; ")
                    .append(line.indicator())
                    .append('\n');
        }
        return Map.of("kerege.rpz", zone.toString());
    }

    /// Prefix, then the parts of the address from the last to the first; of IPv6 the longest run of zeros is `zz`.
    private static String trigger(String value) {
        Network network = Network.parse(value).orElseThrow();
        byte[] bytes = network.address();
        List<String> parts = new ArrayList<>();
        if (bytes.length == 4) {
            for (byte one : bytes) {
                parts.addFirst(Integer.toString(one & 0xff));
            }
        } else {
            parts.addAll(groups(bytes).reversed());
        }
        return network.prefixBits() + "." + String.join(".", parts) + ".rpz-ip";
    }

    private static List<String> groups(byte[] bytes) {
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = (bytes[2 * i] & 0xff) << 8 | (bytes[2 * i + 1] & 0xff);
        }
        int begin = 0;
        int length = 0;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - i > length) {
                begin = i;
                length = end - i;
            }
        }
        List<String> written = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            if (length > 1 && i == begin) {
                written.add("zz");
                i += length - 1;
            } else {
                written.add(Integer.toHexString(groups[i]));
            }
        }
        return written;
    }
}
