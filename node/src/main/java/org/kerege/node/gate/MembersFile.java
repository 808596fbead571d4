package org.kerege.node.gate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.kerege.gate.Channel;
import org.kerege.gate.Pap;
import org.kerege.gate.Party;
import org.kerege.gate.Standing;
import org.kerege.gate.Tlp;
import org.kerege.stix.MalformedStix;
import org.kerege.stix.StixId;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/// Reads `members.yaml`: who belongs to the alliance, from when to when, and what its words mean. `docs/members.md`
/// describes it. An unknown key, a wrong kind of value or a name that nothing stands for is refused with its place.
final class MembersFile {

    /// The alliance as written.
    ///
    /// @param groups names of organisations by group
    record Contents(
            List<Organisation> organisations,
            Map<StixId, Set<String>> groups,
            Set<Party> community,
            Set<Party> circle,
            Map<Standing, Tlp> ceilings,
            Map<Channel, Tlp> gateways,
            Set<Channel> encrypted,
            Pap unstatedPap,
            SecondPerson secondPerson) {}

    /// One organisation, for one period.
    ///
    /// @param also other identities it uses
    /// @param clients names of organisations it serves
    /// @param from inclusive, null from the beginning
    /// @param until exclusive, null without end
    record Organisation(
            String name,
            StixId identity,
            Standing standing,
            Set<StixId> also,
            Set<String> clients,
            @Nullable Instant from,
            @Nullable Instant until) {}

    private static final Set<Party> ALL_TIERS =
            Set.of(
                    new Party.Tier(Standing.MEMBER),
                    new Party.Tier(Standing.OBSERVER),
                    new Party.Tier(Standing.PARTNER),
                    new Party.Tier(Standing.EXPERT));
    private static final Set<Party> MEMBERS = Set.of(new Party.Tier(Standing.MEMBER));
    private static final Map<Standing, Tlp> CEILINGS =
            Map.of(
                    Standing.MEMBER, Tlp.RED,
                    Standing.OBSERVER, Tlp.GREEN,
                    Standing.PARTNER, Tlp.GREEN,
                    Standing.EXPERT, Tlp.GREEN);
    private static final Set<Channel> ENCRYPTED =
            EnumSet.complementOf(EnumSet.of(Channel.MAIL, Channel.CALENDAR));

    private MembersFile() {}

    /// What holds where there is no file: the standings of the settings and the usual meanings.
    static Contents without(Map<String, String> standings) {
        List<Organisation> organisations = new ArrayList<>();
        standings.forEach((name, standing) ->
                organisations.add(
                        new Organisation(
                                name,
                                name.startsWith("identity--")
                                        ? StixId.parse(name)
                                        : Organisations.derived(name),
                                Standing.valueOf(standing.toUpperCase(Locale.ROOT)),
                                Set.of(),
                                Set.of(),
                                null,
                                null)));
        return new Contents(
                organisations,
                Map.of(),
                ALL_TIERS,
                MEMBERS,
                CEILINGS,
                Map.of(),
                ENCRYPTED,
                Pap.GREEN,
                SecondPerson.NEVER);
    }

    /// @throws IllegalArgumentException when it says something that it cannot say, naming the place
    static Contents read(Path file) throws IOException {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setCodePointLimit(4 << 20);
        Object loaded;
        try {
            loaded = new Yaml(new SafeConstructor(options)).load(Files.readString(file));
        } catch (YAMLException e) {
            throw new IllegalArgumentException(file + " is no YAML: " + e.getMessage(), e);
        }
        Section top =
                Section.of(
                        file.getFileName().toString(),
                        loaded == null ? Map.of() : loaded,
                        Set.of(
                                "organisations",
                                "groups",
                                "community",
                                "circle",
                                "ceilings",
                                "channels",
                                "encrypted",
                                "unstated-pap",
                                "second-person"));
        List<Organisation> organisations =
                top.list("organisations").stream().map(MembersFile::organisation).toList();
        Map<StixId, Set<String>> groups = new HashMap<>();
        for (Section group : sections(top, "groups", Set.of("identity", "name", "organisations"))) {
            groups.put(
                    group.value("identity", StixId::parse),
                    new HashSet<>(group.values("organisations", Function.identity())));
        }
        return new Contents(
                organisations,
                groups,
                parties(top, "community", ALL_TIERS),
                parties(top, "circle", MEMBERS),
                levels(top, "ceilings", Standing.class, CEILINGS),
                levels(top, "channels", Channel.class, Map.of()),
                top.has("encrypted")
                        ? new HashSet<>(
                                top.values("encrypted", text -> constant(Channel.class, text)))
                        : ENCRYPTED,
                top.has("unstated-pap")
                        ? top.value("unstated-pap", text -> known(Pap.read(text), text))
                        : Pap.GREEN,
                secondPerson(top));
    }

    private static SecondPerson secondPerson(Section top) {
        List<SecondPerson.Rule> rules = new ArrayList<>();
        for (Section rule :
                sections(top, "second-person", Set.of("marking", "collection", "type"))) {
            if (rule.keys().isEmpty()) {
                throw new IllegalArgumentException(
                        rule.place() + " is to say a marking, a collection or a type");
            }
            rules.add(
                    new SecondPerson.Rule(
                            rule.has("marking")
                                    ? rule.value("marking", MembersFile::marking)
                                    : null,
                            rule.has("collection")
                                    ? rule.value("collection", Function.identity())
                                    : null,
                            rule.has("type") ? rule.value("type", Function.identity()) : null));
        }
        return new SecondPerson(rules);
    }

    /// A colour of TLP or the identifier of a marking-definition.
    private static String marking(String text) {
        return Gate.level(text) == null ? StixId.parse(text).toString() : text;
    }

    private static Organisation organisation(Section any) {
        Section section =
                any.withKeys(
                        Set.of("name", "identity", "standing", "also", "clients", "from", "until"));
        String name = section.value("name", Function.identity());
        return new Organisation(
                name,
                section.has("identity")
                        ? section.value("identity", StixId::parse)
                        : Organisations.derived(name),
                section.value("standing", text -> constant(Standing.class, text)),
                new HashSet<>(section.values("also", StixId::parse)),
                new HashSet<>(section.values("clients", Function.identity())),
                section.has("from") ? section.value("from", Instant::parse) : null,
                section.has("until") ? section.value("until", Instant::parse) : null);
    }

    private static List<Section> sections(Section top, String key, Set<String> keys) {
        return top.list(key).stream().map(section -> section.withKeys(keys)).toList();
    }

    private static Set<Party> parties(Section top, String key, Set<Party> otherwise) {
        return top.has(key) ? new HashSet<>(top.values(key, Party::parse)) : otherwise;
    }

    private static <E extends Enum<E>> Map<E, Tlp> levels(
            Section top, String key, Class<E> type, Map<E, Tlp> otherwise) {
        if (!top.has(key)) {
            return otherwise;
        }
        Map<E, Tlp> levels = new EnumMap<>(type);
        Section section = top.section(key);
        for (String name : section.keys()) {
            levels.put(
                    constant(type, name), section.value(name, text -> known(Tlp.read(text), text)));
        }
        return levels;
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String text) {
        return Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private static <T> T known(@Nullable T level, String text) {
        if (level == null) {
            throw new IllegalArgumentException("there is no level '" + text + "'");
        }
        return level;
    }

    /// A mapping of the file with its place in it.
    private record Section(String place, Map<?, ?> map) {

        static Section of(String place, Object value, Set<String> keys) {
            if (!(value instanceof Map<?, ?> map)) {
                throw new IllegalArgumentException(place + " is to have lines like 'name: value'");
            }
            return new Section(place, map).withKeys(keys);
        }

        Section withKeys(Set<String> known) {
            for (String key : keys()) {
                if (!known.contains(key)) {
                    throw new IllegalArgumentException(
                            place + " has no '" + key + "'; it has " + new TreeSet<>(known));
                }
            }
            return this;
        }

        Set<String> keys() {
            Set<String> keys = new TreeSet<>();
            map.keySet().forEach(key -> keys.add(String.valueOf(key)));
            return keys;
        }

        boolean has(String key) {
            return map.get(key) != null;
        }

        Section section(String key) {
            if (!(map.get(key) instanceof Map<?, ?> inside)) {
                throw new IllegalArgumentException(
                        place + ": '" + key + "' is to have lines like 'name: value'");
            }
            return new Section(place + ": " + key, inside);
        }

        List<Section> list(String key) {
            List<Section> sections = new ArrayList<>();
            for (Object member : members(key)) {
                if (!(member instanceof Map<?, ?> inside)) {
                    throw new IllegalArgumentException(
                            place + ": each of '" + key + "' is to have lines like 'name: value'");
                }
                sections.add(new Section(place + ": " + key + " " + (sections.size() + 1), inside));
            }
            return sections;
        }

        <T> T value(String key, Function<String, T> read) {
            Object value = map.get(key);
            if (value == null) {
                throw new IllegalArgumentException(place + " needs '" + key + "'");
            }
            return read(key, value, read);
        }

        <T> List<T> values(String key, Function<String, T> read) {
            return members(key).stream().map(value -> read(key, value, read)).toList();
        }

        private List<?> members(String key) {
            Object value = map.get(key);
            if (value == null) {
                return List.of();
            }
            if (!(value instanceof List<?> list)) {
                throw new IllegalArgumentException(place + ": '" + key + "' is a list");
            }
            return list;
        }

        private <T> T read(String key, Object value, Function<String, T> read) {
            String text =
                    value instanceof Date date
                            ? date.toInstant().toString()
                            : String.valueOf(value);
            try {
                return read.apply(text);
            } catch (IllegalArgumentException | DateTimeException | MalformedStix e) {
                throw new IllegalArgumentException(
                        place + ": '" + key + "' cannot be '" + text + "': " + e.getMessage(), e);
            }
        }
    }
}
