package org.kerege.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Finds every piece of code that opens a socket, a file for writing or a response. Each is listed here with why it
/// needs no gate or how it passes one; a new one fails until somebody has answered that.
class ExitsTest {

    private static final Map<String, String> EXITS =
            Map.ofEntries(
                    Map.entry(
                            "org.kerege.node.council.ExportCommand",
                            "writes the acts that lie in its user's folder, where its user says"),
                    Map.entry(
                            "org.kerege.node.council.VerifyCommand",
                            "asks for the bundle that its user names and sends nothing"),
                    Map.entry(
                            "org.kerege.node.command.FolderSink",
                            "keeps what was pulled, for whoever pulled it"),
                    Map.entry(
                            "org.kerege.node.command.WarningListFolder",
                            "keeps lists that its user handed in, beside the node's data"),
                    Map.entry(
                            "org.kerege.node.command.PublishCommand",
                            "sends a document that its user names, to the collection that its user names"),
                    Map.entry(
                            "org.kerege.node.enforcement.ExportCommand",
                            "writes what the node's gate released to its user, or its user's own files, where its user says"),
                    Map.entry(
                            "org.kerege.node.foreign.ImportCommand",
                            "writes what it read from its user's files, where its user says"),
                    Map.entry(
                            "org.kerege.node.command.PullCommand",
                            "asks for pages and sends nothing of the store"),
                    Map.entry(
                            "org.kerege.node.command.NodeOptions",
                            "asks the member's own node, and tells it what its analyst recorded"),
                    Map.entry(
                            "org.kerege.node.command.ServerSink",
                            "hands what was pulled to the node of whoever pulled it"),
                    Map.entry(
                            "org.kerege.node.council.Council",
                            "notes which founding act this node trusts"),
                    Map.entry(
                            "org.kerege.node.council.InitCommand",
                            "notes which founding act its user made and trusts"),
                    Map.entry(
                            "org.kerege.node.council.TrustCommand",
                            "notes which founding act its user trusts"),
                    Map.entry(
                            "org.kerege.node.demo.Office",
                            "reads another office's acts, which pass that one's gate"),
                    Map.entry(
                            "org.kerege.node.witness.LedgerLog",
                            "shows the ledger's heads and consistency proofs to the witnesses that the charter names"),
                    Map.entry(
                            "org.kerege.node.hunt.OwnNode",
                            "tells the sightings that its user decided to tell"),
                    Map.entry(
                            "org.kerege.node.demo.Member",
                            "tells the origin what its analyst decided to tell"),
                    Map.entry(
                            "org.kerege.node.desk.Assets",
                            "gives the files of the pages' style and script"),
                    Map.entry(
                            "org.kerege.node.desk.LiveChanges",
                            "says how many objects have come that its reader may have"),
                    Map.entry(
                            "org.kerege.node.desk.ProofAgain",
                            "names the page of this node to which a form goes on"),
                    Map.entry(
                            "org.kerege.node.desk.Sheet",
                            "writes tables of what their routes read under the gate's view, or for the own organisation alone"),
                    Map.entry(
                            "org.kerege.node.desk.Rendering",
                            "writes pages of what their routes read under the gate's view"),
                    Map.entry(
                            "org.kerege.node.exchange.taxii.TaxiiRoutes",
                            "every page is read under the gate's view and formed by it"),
                    Map.entry(
                            "org.kerege.node.exchange.taxii.TaxiiProblems",
                            "answers with the facts of the request alone"),
                    Map.entry(
                            "org.kerege.node.identity.CallerFilter",
                            "says how long to wait after too many failures"),
                    Map.entry(
                            "org.kerege.node.identity.Providers",
                            "asks an organisation's provider who somebody is, and tells it nothing of the store"),
                    Map.entry(
                            "org.kerege.node.identity.Refusals",
                            "says that a caller is not let in, and nothing else"),
                    Map.entry(
                            "org.kerege.node.identity.SecretFile",
                            "keys of this node, for this node, readable by it alone"),
                    Map.entry(
                            "org.kerege.node.ledger.EmbeddedPostgres",
                            "finds a free port and keeps the database's password"),
                    Map.entry(
                            "org.kerege.node.exchange.ErasureList",
                            "numbers and salted commitments of what was erased, beside the store"),
                    Map.entry(
                            "org.kerege.node.peers.BundleRoutes",
                            "what is written is read under the gate's view of its recipient and encrypted to it"),
                    Map.entry(
                            "org.kerege.node.peers.BundleWriter",
                            "keeps the encrypted content until its parts are written"),
                    Map.entry(
                            "org.kerege.node.peers.BundleCommand",
                            "writes the parts of a bundle, which are encrypted, where its user says"),
                    Map.entry(
                            "org.kerege.node.peers.PeersCommand",
                            "writes signed papers where its user says"),
                    Map.entry(
                            "org.kerege.node.peers.HttpWire",
                            "hands a peer the papers, recalls and answers that are for it"),
                    Map.entry(
                            "org.kerege.node.peers.PinnedClients",
                            "opens the connections of those who say what goes over them"),
                    Map.entry(
                            "org.kerege.node.peers.PeerPull",
                            "asks a peer for pages and sends nothing of the store"),
                    Map.entry(
                            "org.kerege.node.feeds.FeedRun",
                            "what is pushed is read under the gate's view of its recipient, formed by it and on record"),
                    Map.entry(
                            "org.kerege.node.ledger.FolderLock",
                            "opens an empty file to hold its folder, and writes nothing"),
                    Map.entry(
                            "org.kerege.node.command.Examination",
                            "tries whether the node's port is free, and accepts nobody on it"),
                    Map.entry(
                            "org.kerege.node.hunt.FollowedFile",
                            "reads a log that grows, and writes nothing"),
                    Map.entry(
                            "org.kerege.node.hunt.standing.SyslogPort",
                            "takes the member's own logs, and answers its sensors nothing"),
                    Map.entry(
                            "org.kerege.node.ledger.Snapshot",
                            "the owner's backup of the whole store, readable by it alone"),
                    Map.entry(
                            "org.kerege.node.ledger.PostgresBinaries",
                            "unpacks the database's programs"));

    private static final Set<String> SOCKETS =
            Set.of(
                    "java.net.Socket",
                    "java.net.ServerSocket",
                    "java.net.DatagramSocket",
                    "java.net.URLConnection",
                    "java.net.HttpURLConnection",
                    "java.net.http.HttpClient",
                    "java.nio.channels.SocketChannel",
                    "java.nio.channels.ServerSocketChannel",
                    "javax.net.SocketFactory",
                    "javax.net.ssl.SSLSocketFactory",
                    "org.kerege.taxii.client.TaxiiClient",
                    "org.springframework.security.oauth2.client.registration.ClientRegistrations",
                    "org.springframework.web.client.RestClient",
                    "org.springframework.web.client.RestTemplate");
    private static final Set<String> FILES =
            Set.of(
                    "java.io.FileOutputStream",
                    "java.io.FileWriter",
                    "java.io.RandomAccessFile",
                    "java.io.PrintStream");
    private static final Set<String> WRITES =
            Set.of(
                    "write",
                    "writeString",
                    "newOutputStream",
                    "newBufferedWriter",
                    "newByteChannel",
                    "copy",
                    "createFile");
    private static final Set<String> RESPONSES =
            Set.of("getOutputStream", "getWriter", "sendError", "addHeader", "setHeader");

    private static final JavaClasses NODE =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("org.kerege.node");

    @Test
    void every_way_out_passes_the_gate_or_says_why_it_need_not() {
        Map<String, Set<String>> found = new TreeMap<>();
        for (JavaClass one : NODE) {
            for (JavaAccess<?> access : one.getAccessesFromSelf()) {
                if (isExit(access)) {
                    found.computeIfAbsent(outermost(one), _ -> new TreeSet<>())
                            .add(access.getTarget().getFullName());
                }
            }
        }

        assertThat(found.keySet())
                .as(() -> "ways out: " + found)
                .containsExactlyInAnyOrderElementsOf(EXITS.keySet());
    }

    private static boolean isExit(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String member = access.getTarget().getName();
        return SOCKETS.contains(owner)
                || (FILES.contains(owner) && member.equals("<init>"))
                || (owner.equals("java.nio.file.Files") && WRITES.contains(member))
                || (owner.endsWith("ServletResponse") && RESPONSES.contains(member))
                || owner.equals("java.nio.channels.FileChannel");
    }

    private static String outermost(JavaClass one) {
        return one.getName().replaceAll("\\$.*", "");
    }
}
