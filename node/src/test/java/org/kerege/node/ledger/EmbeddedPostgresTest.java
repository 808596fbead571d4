package org.kerege.node.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {

    @TempDir private Path folder;

    @Test
    void keeps_what_it_held_over_a_stop_and_a_start() throws SQLException {
        try (EmbeddedPostgres first = EmbeddedPostgres.start(folder)) {
            run(first, "create table kept as select 42 as answer");
        }
        try (EmbeddedPostgres second = EmbeddedPostgres.start(folder)) {
            assertThat(answer(second)).isEqualTo(42);
        }
    }

    @Test
    void stops_a_server_left_behind_before_it_works_on_the_same_folder() throws Exception {
        EmbeddedPostgres leftBehind = EmbeddedPostgres.start(folder);
        run(leftBehind, "create table kept as select 42 as answer");
        ProcessHandle process = process();
        leftBehind.abandon();

        try (EmbeddedPostgres next = EmbeddedPostgres.start(folder)) {
            assertThat(process.isAlive()).isFalse();
            assertThat(answer(next)).isEqualTo(42);
        }
    }

    @Test
    void comes_back_at_the_same_address_when_its_process_is_killed() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
            run(postgres, "create table kept as select 42 as answer");
            ProcessHandle killed = process();
            killed.destroyForcibly();
            killed.onExit().get(30, TimeUnit.SECONDS);

            assertThat(answerOnceBack(postgres)).isEqualTo(42);
            assertThat(process().pid()).isNotEqualTo(killed.pid());
        }
    }

    @Test
    void lets_nobody_in_without_its_password() {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
            assertThatThrownBy(() ->
                            DriverManager.getConnection(
                                    postgres.address().url(),
                                    postgres.address().user(),
                                    "another password"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password");
        }
    }

    private ProcessHandle process() throws Exception {
        String pid = Files.readAllLines(folder.resolve("data/postmaster.pid")).getFirst();
        return ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
    }

    private static int answerOnceBack(EmbeddedPostgres postgres) throws SQLException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (true) {
            try {
                return answer(postgres);
            } catch (SQLException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.onSpinWait();
            }
        }
    }

    private static int answer(EmbeddedPostgres postgres) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement select = connection.createStatement();
                ResultSet row = select.executeQuery("select answer from kept")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static void run(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
        Postgres at = postgres.address();
        return DriverManager.getConnection(at.url(), at.user(), at.password());
    }
}
