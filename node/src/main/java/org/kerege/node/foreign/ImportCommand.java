package org.kerege.node.foreign;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kerege.node.command.ExitCode;
import org.kerege.node.command.InputFiles;
import org.kerege.node.command.KnownGoodOptions;
import org.kerege.node.command.NodeOptions;
import org.kerege.stix.Json;
import org.kerege.stix.StixId;
import org.kerege.stix.StixObject;
import org.kerege.stix.Timestamp;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// `./kerege import`: indicators in the formats of others become a STIX 2.1 bundle. Exit code 1 when nothing could be
/// converted.
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a STIX 2.1 bundle of MISP events and feeds, CSV tables, plain lists and Sigma rules.",
            "What cannot be converted is named with the reason, and counted by reason at the end."
        })
public final class ImportCommand implements Callable<Integer> {

    private static final int MOST_BYTES = 256 << 20;
    private static final int PREVIEW = 20;

    @Spec private CommandSpec spec;

    /// How a file is read.
    private enum Format {
        MISP,
        CSV,
        LIST,
        SIGMA
    }

    @Option(
            names = "--format",
            paramLabel = "misp|csv|list|sigma",
            description = "How the files are written; told by their names unless given.")
    private @Nullable Format format;

    @Option(
            names = "--column",
            split = ",",
            paramLabel = "ROLE=NAME",
            description =
                    "Which column of a table holds what: value (several joined by +), valid-from, valid-until, marking, description.")
    private Map<String, String> columns = Map.of();

    @Option(
            names = "--separator",
            paramLabel = "CHARACTER",
            description = "Between the columns of a table, 'tab' for a tab; else found out.")
    private @Nullable String separator;

    @Option(
            names = "--no-header",
            description = "The first row of a table has no names: --column value=2 counts from 1.")
    private boolean withoutHeader;

    @Option(
            names = "--encoding",
            paramLabel = "NAME",
            description = "Of texts without a byte order mark; default: UTF-8.")
    private @Nullable String encoding;

    @Option(
            names = "--dry-run",
            description = "Shows what would be made, and how tables are read, and writes nothing.")
    private boolean dryRun;

    @Option(
            names = "--marking",
            paramLabel = "TLP",
            description =
                    "clear, green, amber, amber+strict or red; a stricter word of the file stays.")
    private @Nullable String marking;

    @Option(
            names = "--valid-from",
            paramLabel = "T",
            description =
                    "From when the indicators count; else the file says it, or when it was last changed.")
    private @Nullable String validFrom;

    @Option(
            names = "--source",
            paramLabel = "NAME",
            description = "Who says it; else the event's organisation or the file's name.")
    private @Nullable String source;

    @Option(
            names = "--source-id",
            paramLabel = "ID",
            description = "The identity of --source, where it has one.")
    private @Nullable String sourceId;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where the bundle goes; else to standard output.")
    private @Nullable Path out;

    @Option(
            names = "--persons",
            paramLabel = "FILE",
            description =
                    "Where indicators that name a person go; else they are counted and left out.")
    private @Nullable Path persons;

    @Mixin private KnownGoodOptions knownGood = new KnownGoodOptions();

    @Mixin private NodeOptions node = new NodeOptions();

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "Files, plain or packed by gzip, or folders of them.")
    private List<Path> files = List.of();

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        Conversion conversion = new Conversion(err::println, knownGood.lists(node));
        Defaults defaults = defaults();
        for (Path place : files) {
            if (Files.isDirectory(place) && MispFeed.isOne(place)) {
                MispFeed feed = new MispFeed(place, conversion);
                Set<String> hashes = feed.hashes();
                for (Path file : feed.events()) {
                    read(file, Format.MISP, defaults, conversion, hashes);
                }
            } else {
                for (Path file : filesOf(place)) {
                    read(file, format, defaults, conversion, null);
                }
            }
        }
        if (dryRun) {
            PrintWriter shown = spec.commandLine().getOut();
            conversion.preview(PREVIEW).forEach(shown::println);
            shown.flush();
        } else if (conversion.made() > 0) {
            Path target = out;
            if (target == null) {
                ByteArrayOutputStream bundle = new ByteArrayOutputStream();
                conversion.write(bundle);
                PrintWriter shown = spec.commandLine().getOut();
                shown.println(bundle.toString(StandardCharsets.UTF_8));
                shown.flush();
            } else {
                try (OutputStream to = Files.newOutputStream(target)) {
                    conversion.write(to);
                }
            }
        }
        if (persons != null && !dryRun) {
            try (OutputStream to = Files.newOutputStream(persons)) {
                conversion.writePersons(to);
            }
        }
        err.println(conversion.summary());
        conversion.reasons().forEach((reason, count) -> err.println("  " + count + " × " + reason));
        err.flush();
        return conversion.made() > 0 ? ExitCode.SUCCESS : ExitCode.NEGATIVE;
    }

    private Defaults defaults() {
        Map<CsvTable.Role, String> roles = new EnumMap<>(CsvTable.Role.class);
        columns.forEach((word, name) -> roles.put(role(word), name));
        StixObject told = null;
        if (source != null) {
            told =
                    sourceId == null
                            ? Conversion.source(source)
                            : Conversion.source(StixId.parse(sourceId), source);
        } else if (sourceId != null) {
            throw usage("--source-id needs --source NAME.");
        }
        Instant from = validFrom == null ? null : Timestamp.parse(validFrom).instant();
        try {
            return new Defaults(
                    told, marking == null ? Marks.NONE : Marks.tlp(marking), from, roles);
        } catch (Unconvertible e) {
            throw usage("--marking is one of clear, green, amber, amber+strict, red.");
        }
    }

    private CsvTable.Role role(String word) {
        for (CsvTable.Role role : CsvTable.Role.values()) {
            if (role.word().equals(word)) {
                return role;
            }
        }
        throw usage("--column knows value, valid-from, valid-until, marking and description.");
    }

    private CsvTable.Shape shape() {
        Character between = null;
        if (separator != null) {
            if (!separator.equals("tab") && separator.length() != 1) {
                throw usage("--separator is one character, or 'tab'.");
            }
            between = separator.equals("tab") ? '\t' : separator.charAt(0);
        }
        PrintWriter err = spec.commandLine().getErr();
        return new CsvTable.Shape(between, !withoutHeader, dryRun ? err::println : _ -> {});
    }

    private void read(
            Path file,
            @Nullable Format told,
            Defaults defaults,
            Conversion conversion,
            @Nullable Set<String> hashes)
            throws IOException {
        String name = String.valueOf(file.getFileName());
        try (InputStream in = InputFiles.open(file)) {
            Instant at =
                    Files.getLastModifiedTime(file).toInstant().truncatedTo(ChronoUnit.SECONDS);
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new IllegalArgumentException(
                        file + " is larger than " + MOST_BYTES + " bytes");
            }
            StixObject said =
                    defaults.source() == null ? Conversion.source(name) : defaults.source();
            Format as = told == null ? byName(name) : told;
            String text = as == Format.MISP ? "" : Texts.of(bytes, file.toString(), encoding);
            switch (as) {
                case MISP ->
                        new MispEvents(name, at, defaults, conversion, hashes)
                                .read(json(file, bytes));
                case CSV -> new CsvTable(name, said, at, defaults, shape(), conversion).read(text);
                case SIGMA ->
                        new SigmaFile(
                                        name,
                                        defaults.source() == null
                                                ? Conversion.source("Sigma")
                                                : defaults.source(),
                                        at,
                                        defaults,
                                        conversion)
                                .read(text);
                case LIST ->
                        PlainList.read(
                                new BufferedReader(new StringReader(text)),
                                name,
                                said,
                                at,
                                defaults,
                                conversion);
            }
        }
    }

    /// The file, or all files below a folder in the order of their names.
    private static List<Path> filesOf(Path place) throws IOException {
        if (!Files.isDirectory(place)) {
            return List.of(place);
        }
        try (Stream<Path> below = Files.walk(place)) {
            return below.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static Format byName(String file) {
        String name = file.toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
        if (name.endsWith(".json")) {
            return Format.MISP;
        }
        if (name.endsWith(".yml") || name.endsWith(".yaml")) {
            return Format.SIGMA;
        }
        return name.endsWith(".csv") ? Format.CSV : Format.LIST;
    }

    private static JsonNode json(Path file, byte[] bytes) {
        try {
            return Json.mapper().readTree(bytes);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(file + " is no JSON: " + Json.reason(e), e);
        }
    }

    private ParameterException usage(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
