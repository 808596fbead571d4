package org.kerege.node.server;

import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.kerege.node.command.ExitCode;
import org.kerege.node.command.StoreOptions;
import org.kerege.node.exchange.ApiRoot;
import org.kerege.node.exchange.Catalogue;
import org.kerege.node.identity.Identity;
import org.kerege.node.identity.Role;
import org.kerege.node.settings.Settings;
import org.kerege.stix.marking.Tlp;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `./kerege up`: runs a node until it is told to stop. The first start makes its keys, its first collections and one
/// link with which the administrator sets a password.
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Runs this member's node until it is stopped (Ctrl+C).")
public final class UpCommand implements Callable<Integer> {

    private static final String FIRST_ROOT = "alliance";
    private static final long MAX_CONTENT = 64L << 20;
    private static final String GREEN = Tlp.GREEN_2.id().toString();

    @Spec private CommandSpec spec;

    @Mixin private StoreOptions store = new StoreOptions();

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Port, in place of the settings'; 0 for any free one.")
    private @Nullable Integer port;

    @Override
    public Integer call() throws Exception {
        Settings settings = store.settings(port);
        try (NodeServer node = NodeServer.start(settings)) {
            CountDownLatch stopped = new CountDownLatch(1);
            Thread hook = new Thread(() -> stopOn(node, stopped), "stop");
            Runtime.getRuntime().addShutdownHook(hook);
            String address = "http://" + settings.address() + ":" + node.port();
            var out = spec.commandLine().getOut();
            firstStart(node, address).ifPresent(out::println);
            out.println(
                    "Kerege of " + settings.organisation() + " answers at " + address + "/taxii2/");
            out.flush();
            stopped.await();
        }
        return ExitCode.SUCCESS;
    }

    private static void stopOn(NodeServer node, CountDownLatch stopped) {
        node.close();
        stopped.countDown();
    }

    /// Lays out a store that nobody has an account on yet.
    private static java.util.Optional<String> firstStart(NodeServer node, String address) {
        Identity identity = node.part(Identity.class);
        if (identity.anyAccount()) {
            return java.util.Optional.empty();
        }
        Settings settings = node.part(Settings.class);
        Catalogue catalogue = node.part(Catalogue.class);
        catalogue.add(new ApiRoot(FIRST_ROOT, "The alliance's exchange", null, MAX_CONTENT, true));
        catalogue.add(
                UUID.randomUUID(),
                FIRST_ROOT,
                "indicators",
                "Indicators and reports",
                "What " + settings.organisation() + " publishes",
                GREEN,
                "2.1",
                true,
                true);
        catalogue.add(
                UUID.randomUUID(),
                FIRST_ROOT,
                "sightings",
                "Sightings",
                "What has been seen of published indicators",
                GREEN,
                "2.1",
                true,
                true);
        identity.putAccount("administrator", settings.organisation(), Set.of(Role.values()), null);
        return java.util.Optional.of(
                "First start. Set the administrator's password within two days, once, at\n  "
                        + address
                        + "/welcome?invitation="
                        + identity.newInvitation("administrator"));
    }
}
