package org.kerege.node.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import org.kerege.node.ledger.StoreUnavailable;
import org.kerege.stix.MalformedStix;
import org.kerege.taxii.client.TaxiiFailure;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/// What a command's end means to a script.
public final class ExitCode {

    /// The command did what was asked.
    public static final int SUCCESS = 0;

    /// The question was answered with no: invalid, no match, not verified.
    public static final int NEGATIVE = 1;

    /// The command line or the input cannot be used.
    public static final int USAGE = 2;

    /// The machine, the network or the database stands in the way.
    public static final int ENVIRONMENT = 3;

    private ExitCode() {}

    /// The code for an exception that ended a command.
    public static int of(Throwable cause) {
        return switch (cause) {
            case CommandLine.ParameterException _ -> USAGE;
            case NoSuchFileException _ -> USAGE;
            case FileAlreadyExistsException _ -> USAGE;
            case MalformedStix _ -> USAGE;
            case IllegalArgumentException _ -> USAGE;
            default -> ENVIRONMENT;
        };
    }

    /// Says in one line why a command ended, without a stack trace; `KEREGE_DEBUG=1` shows it.
    public static int report(Exception cause, CommandLine command, ParseResult parsed) {
        Exception shown =
                cause instanceof UncheckedIOException unchecked && unchecked.getCause() != null
                        ? unchecked.getCause()
                        : cause;
        command.getErr().println("kerege: " + sentence(shown));
        if (System.getenv("KEREGE_DEBUG") != null) {
            cause.printStackTrace(command.getErr());
        }
        return of(shown);
    }

    private static String sentence(Exception cause) {
        return switch (cause) {
            case NoSuchFileException missing -> "no such file: " + missing.getFile();
            case FileAlreadyExistsException there -> "there is one already: " + there.getFile();
            case AccessDeniedException denied -> "no right to use " + denied.getFile();
            case StoreUnavailable store when store.getCause() instanceof SQLException why ->
                    store.getMessage()
                            + ": "
                            + String.valueOf(why.getMessage()).lines().findFirst().orElse("");
            case TaxiiFailure failure -> String.valueOf(failure.getMessage());
            case IOException io -> "cannot read or write: " + io.getMessage();
            default -> cause.getMessage() == null ? cause.toString() : cause.getMessage();
        };
    }
}
