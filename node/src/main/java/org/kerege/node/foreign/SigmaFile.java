package org.kerege.node.foreign;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import org.kerege.pattern.Pattern;
import org.kerege.pattern.sigma.Irreducible;
import org.kerege.pattern.sigma.SigmaRule;
import org.kerege.stix.StixObject;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/// Rules of Sigma, one or several in a document. A rule that no pattern says exactly is refused with the reason.
final class SigmaFile {

    private static final int MOST_CHARACTERS = 3 << 20;
    private static final int MOST_ALIASES = 10;
    private static final int MOST_LEVELS = 30;

    private final String file;
    private final StixObject source;
    private final Instant at;
    private final Defaults defaults;
    private final Conversion into;

    /// @param file name of the document, for people
    /// @param at time of rules that do not say theirs
    SigmaFile(String file, StixObject source, Instant at, Defaults defaults, Conversion into) {
        this.file = file;
        this.source = source;
        this.at = at;
        this.defaults = defaults;
        this.into = into;
    }

    void read(String text) {
        int number = 0;
        try {
            for (Object document : yaml().loadAll(text)) {
                number++;
                if (document != null) {
                    rule(document, file + (number == 1 ? "" : " rule " + number));
                }
            }
        } catch (YAMLException e) {
            // What a file says of itself is not repeated; where it broke is.
            into.refuse(file, "it is no YAML that is read here, from rule " + (number + 1) + " on");
        }
    }

    private static Yaml yaml() {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setAllowRecursiveKeys(false);
        options.setMaxAliasesForCollections(MOST_ALIASES);
        options.setNestingDepthLimit(MOST_LEVELS);
        options.setCodePointLimit(MOST_CHARACTERS);
        DumperOptions unused = new DumperOptions();
        return new Yaml(
                new SafeConstructor(options),
                new Representer(unused),
                unused,
                options,
                new WithoutTimes());
    }

    /// Takes days for texts: Sigma has no values that are times.
    private static final class WithoutTimes extends Resolver {
        @Override
        public void addImplicitResolver(
                Tag tag, java.util.regex.Pattern form, String first, int limit) {
            if (!tag.equals(Tag.TIMESTAMP)) {
                super.addImplicitResolver(tag, form, first, limit);
            }
        }
    }

    private void rule(Object document, String place) {
        try {
            SigmaRule rule = SigmaRule.read(document);
            Pattern pattern = rule.pattern();
            Instant said = day(rule.date());
            Instant from = defaults.validFrom() == null ? said : defaults.validFrom();
            into.add(
                    place,
                    new Statement(
                            source,
                            rule.id(),
                            new Sign(rule.title(), pattern.expression()),
                            true,
                            defaults.marks(),
                            said,
                            said,
                            from,
                            null,
                            description(rule)));
        } catch (Irreducible e) {
            into.refuse(place, e.reason());
        }
    }

    private static String description(SigmaRule rule) {
        return (rule.description()
                        + "\n\nSigma rule "
                        + rule.id()
                        + (rule.level().isEmpty() ? "" : ", level " + rule.level())
                        + (rule.status().isEmpty() ? "" : ", " + rule.status()))
                .strip();
    }

    private Instant day(String date) {
        try {
            return LocalDate.parse(date.replace('/', '-')).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException e) {
            return at;
        }
    }
}
