package org.kerege.node.command;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.kerege.node.exchange.Projections;
import org.kerege.node.ledger.Ledger;
import org.kerege.node.ledger.StoreUnavailable;
import org.kerege.node.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `./kerege rebuild`: makes the tables that readers are served from again from the ledger.
@Command(
        name = "rebuild",
        mixinStandardHelpOptions = true,
        description =
                "Makes the tables that readers are served from again from the ledger of the stopped node, and says where"
                        + " they differed.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:rebuilt, or with --check all agrees",
            "1:with --check, something differs"
        })
public final class RebuildCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private StoreOptions store = new StoreOptions();

    @Option(names = "--check", description = "Compares alone and changes nothing.")
    private boolean check;

    @Override
    public Integer call() throws Exception {
        Settings settings = store.settings();
        try (OpenStore open = OpenStore.of(settings);
                Connection connection = open.database().getConnection()) {
            connection.setAutoCommit(false);
            // The look takes the writer's place until this transaction ends.
            if (Ledger.hasWriter(connection)) {
                throw new StoreUnavailable("a node writes to this store; stop it first");
            }
            Map<String, Projections.Difference> differences =
                    Projections.rebuild(connection, !check);
            if (check) {
                connection.rollback();
            } else {
                connection.commit();
            }
            return said(differences);
        } catch (SQLException e) {
            throw new StoreUnavailable("the tables cannot be made again; they are as they were", e);
        }
    }

    private int said(Map<String, Projections.Difference> differences) {
        PrintWriter out = spec.commandLine().getOut();
        differences.forEach((table, difference) ->
                out.println(
                        table
                                + ": "
                                + difference.rows()
                                + " rows"
                                + (difference.none()
                                        ? ", as they were"
                                        : "; "
                                                + difference.missing()
                                                + " were missing, "
                                                + difference.surplus()
                                                + " were not from the ledger")));
        out.flush();
        boolean agrees = differences.values().stream().allMatch(Projections.Difference::none);
        return check && !agrees ? ExitCode.NEGATIVE : ExitCode.SUCCESS;
    }
}
