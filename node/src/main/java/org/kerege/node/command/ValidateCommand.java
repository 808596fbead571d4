package org.kerege.node.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.BundleReader;
import org.kerege.stix.Json;
import org.kerege.stix.MalformedStix;
import org.kerege.stix.StixObject;
import org.kerege.stix.validation.Finding;
import org.kerege.stix.validation.Validator;
import org.kerege.stix.validation.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `./kerege validate`: judges STIX 2.1 files, of any size, object by object; or cases for a script.
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description = "Says of each STIX object whether it is valid, and why not.")
public final class ValidateCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Option(names = "--json", description = "One JSON line an object in place of text.")
    private boolean json;

    @Option(
            names = "--cases",
            paramLabel = "FILE",
            description =
                    "JSON array of {id, object}; prints one line {id, valid, errors, warnings} each.")
    private @Nullable Path cases;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "Bundles, envelopes, JSON lines or single objects.")
    private List<Path> files = List.of();

    private final Validator validator = Validators.standard();

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (cases != null) {
            for (JsonNode one : CaseFile.read(cases)) {
                out.println(line(CaseFile.id(one), validator.validate(one.path("object"))));
            }
            out.flush();
            return ExitCode.SUCCESS;
        }
        if (files.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "Name the files to judge, or --cases FILE.");
        }
        boolean allValid = true;
        for (Path file : files) {
            allValid &= judge(file, out);
        }
        out.flush();
        return allValid ? ExitCode.SUCCESS : ExitCode.NEGATIVE;
    }

    private boolean judge(Path file, PrintWriter out) throws IOException {
        Counts counts = new Counts();
        try (InputStream in = InputFiles.open(file)) {
            BundleReader.read(in, item -> judge(file, item, counts, out));
        } catch (MalformedStix e) {
            counts.invalid++;
            out.println(file + ": " + e.getMessage());
        }
        if (!json) {
            out.println(
                    file
                            + ": "
                            + counts.valid
                            + " valid, "
                            + counts.invalid
                            + " invalid, "
                            + counts.warnings
                            + " warnings");
        }
        return counts.invalid == 0;
    }

    private void judge(Path file, BundleReader.Item item, Counts counts, PrintWriter out) {
        String name = file + "#" + item.index();
        Verdict verdict;
        switch (item) {
            case BundleReader.Item.Refused(int _, MalformedStix why) -> {
                verdict = new Verdict(false, List.of(Validators.finding(why)), List.of());
            }
            case BundleReader.Item.Read(int _, StixObject object) -> {
                verdict = validator.validate(object.json());
                name = object.id().toString();
            }
        }
        counts.add(verdict);
        if (json) {
            out.println(line(name, verdict));
        } else {
            for (Finding error : verdict.errors()) {
                out.println(
                        name
                                + " "
                                + error.pointer()
                                + ": error: "
                                + error.message()
                                + " ["
                                + error.section()
                                + "]");
            }
            for (Finding warning : verdict.warnings()) {
                out.println(
                        name
                                + " "
                                + warning.pointer()
                                + ": warning "
                                + warning.code()
                                + ": "
                                + warning.message());
            }
        }
    }

    private static ObjectNode line(String id, Verdict verdict) {
        ObjectNode line =
                Json.mapper().createObjectNode().put("id", id).put("valid", verdict.valid());
        put(line.putArray("errors"), verdict.errors());
        put(line.putArray("warnings"), verdict.warnings());
        return line;
    }

    private static void put(ArrayNode list, List<Finding> findings) {
        for (Finding finding : findings) {
            list.addObject()
                    .put("pointer", finding.pointer())
                    .put("rule", finding.rule())
                    .put("message", finding.message())
                    .put("section", finding.section())
                    .put("code", finding.code());
        }
    }

    private static final class Counts {

        private int valid;
        private int invalid;
        private int warnings;

        void add(Verdict verdict) {
            if (verdict.valid()) {
                valid++;
            } else {
                invalid++;
            }
            warnings += verdict.warnings().size();
        }
    }
}
