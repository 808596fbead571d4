package org.kerege.node.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.kerege.node.feeds.FeedState;
import org.kerege.node.feeds.FeedStates;
import org.kerege.node.settings.Feed;
import org.kerege.node.settings.Settings;
import org.springframework.jdbc.core.simple.JdbcClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `./kerege feeds`: how the scheduled pulls and pushes are doing.
@Command(
        name = "feeds",
        mixinStandardHelpOptions = true,
        description = "Says how the pulls and pushes that kerege.yaml declares are doing.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:none is failing", "1:some is failing"})
public final class FeedsCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private StoreOptions store = new StoreOptions();

    @Override
    public Integer call() throws IOException {
        Settings settings = store.settings();
        PrintWriter out = spec.commandLine().getOut();
        if (settings.upkeep().feeds().isEmpty()) {
            out.println("kerege.yaml declares no feeds; docs/settings.md says how");
            out.flush();
            return ExitCode.SUCCESS;
        }
        Map<String, FeedState> states = new LinkedHashMap<>();
        try (OpenStore open = OpenStore.of(settings)) {
            new FeedStates(JdbcClient.create(open.database()))
                    .all()
                    .forEach(state -> states.put(state.name(), state));
        }
        boolean failing = false;
        for (Feed feed : settings.upkeep().feeds()) {
            FeedState state = states.get(feed.name());
            failing |= state != null && state.failures() > 0;
            out.println(said(feed, state == null ? FeedState.none(feed.name()) : state));
        }
        out.flush();
        return failing ? ExitCode.NEGATIVE : ExitCode.SUCCESS;
    }

    private static String said(Feed feed, FeedState state) {
        String what =
                feed.name()
                        + ": "
                        + (feed.direction() == Feed.Direction.PULL ? "from " : "to ")
                        + feed.url()
                        + ", every "
                        + feed.every().toMinutes()
                        + " min";
        if (state.lastRun() == null) {
            return what + "; has not run yet";
        }
        String counts = "; " + state.objects() + " objects, " + state.refused() + " refused";
        String good = "; last good run " + (state.lastGood() == null ? "never" : state.lastGood());
        return what + counts + good + (state.failures() == 0 ? "" : "; " + state.trouble());
    }
}
