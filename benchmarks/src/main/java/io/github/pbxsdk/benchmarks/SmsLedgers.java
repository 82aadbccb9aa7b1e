package io.github.pbxsdk.benchmarks;

import io.github.pbxsdk.core.state.FileStateStore;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.sms.SmsClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What a ledger on the disk costs: twice a text it waits until the disk has an entry. */
public final class SmsLedgers implements Benchmark {

    @Override
    public String name() {
        return "sms-ledger";
    }

    @Override
    public String what() {
        return "texts sent with the ledger on the disk";
    }

    @Override
    public String operations() {
        return "texts";
    }

    @Override
    public String peer() {
        return "the same in memory";
    }

    @Override
    public Optional<Generator.Start> generator() {
        return Optional.of(SmsServer::start);
    }

    @Override
    public Workload open(Side side, String address) throws IOException {
        if (side == Side.PEER) {
            return SmsSides.ours(SmsSides.client(address, null));
        }
        // On the disk of the project, since the system's folder for such files may be in memory.
        Path disk = Files.createDirectories(Path.of("benchmarks", "target").toAbsolutePath());
        Path folder = Files.createTempDirectory(disk, "ledger");
        StateStore store = FileStateStore.builder().folder(folder).open();
        SmsClient client = SmsSides.client(address, store);
        Workload work = SmsSides.ours(client);
        return new Workload() {
            @Override
            public void run(long operations) throws Exception {
                work.run(operations);
            }

            @Override
            public void close() throws IOException {
                work.close();
                store.close();
                delete(folder);
            }
        };
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
