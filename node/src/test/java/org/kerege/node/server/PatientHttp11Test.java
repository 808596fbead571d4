package org.kerege.node.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Clients that send a byte now and then, so that no silence is long enough to end their connections.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PatientHttp11Test {

    private static final Duration PATIENCE = Duration.ofMillis(300);
    private static final Duration ROUND = Duration.ofMillis(20);
    private static final Duration BETWEEN_BYTES = Duration.ofMillis(20);

    @TempDir private Path folder;
    private final CountDownLatch answered = new CountDownLatch(1);
    private final Tomcat tomcat = new Tomcat();
    private int port;

    @BeforeEach
    void start() throws Exception {
        Connector connector = new Connector(new PatientHttp11(PATIENCE, PATIENCE, ROUND));
        connector.setPort(0);
        tomcat.setBaseDir(folder.toString());
        tomcat.setConnector(connector);
        Tomcat.addServlet(tomcat.addContext("", null), "all", new Thoughtful()).addMapping("/");
        tomcat.start();
        port = connector.getLocalPort();
    }

    @AfterEach
    void stop() throws Exception {
        answered.countDown();
        tomcat.stop();
        tomcat.destroy();
    }

    /// Reads the body and, of `/later`, thinks until it is told to answer.
    private final class Thoughtful extends HttpServlet {

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            request.getInputStream().readAllBytes();
            if (request.getRequestURI().equals("/later")) {
                try {
                    answered.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            response.getOutputStream().write("read".getBytes(US_ASCII));
        }
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), port);
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(US_ASCII));
    }

    /// Sends a byte now and then until the server hangs up.
    private static void drip(Socket socket) {
        try {
            while (true) {
                write(socket, "a");
                LockSupport.parkNanos(BETWEEN_BYTES.toNanos());
            }
        } catch (IOException e) {
            // Hung up on: that is what is waited for.
            return;
        }
    }

    @Test
    void a_head_that_never_ends_is_cut() throws IOException {
        try (Socket slow = connect()) {
            write(slow, "GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ");

            drip(slow);
        }
    }

    @Test
    void a_request_line_that_never_ends_is_cut() throws IOException {
        try (Socket slow = connect()) {
            write(slow, "GET /");

            drip(slow);
        }
    }

    @Test
    void a_body_that_never_ends_is_cut() throws IOException {
        try (Socket slow = connect()) {
            write(slow, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n");

            drip(slow);
        }
    }

    @Test
    void whoever_waits_for_a_long_answer_is_let_wait() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                Socket waiting = connect();
                Socket slow = connect()) {
            waiting.setSoTimeout(30_000);
            write(waiting, "POST /later HTTP/1.1\r\nHost: a\r\nConnection: close\r\n");
            write(waiting, "Content-Length: 3\r\n\r\nabc");
            write(slow, "GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ");
            Future<?> cut = threads.submit(() -> drip(slow));
            // Both began together: once one has been cut for its slowness the other has waited as
            // long.
            cut.get();
            answered.countDown();

            assertThat(new String(waiting.getInputStream().readAllBytes(), US_ASCII))
                    .startsWith("HTTP/1.1 200")
                    .endsWith("read");
        }
    }
}
