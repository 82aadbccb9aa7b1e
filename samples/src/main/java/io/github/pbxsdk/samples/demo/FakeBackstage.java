package io.github.pbxsdk.samples.demo;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.testing.CallScenario;
import io.github.pbxsdk.testing.FakePbx;
import java.util.Map;
import java.util.Optional;

/** A fake PBX, which plays calls as a real Asterisk 22 had them. */
final class FakeBackstage implements Backstage {

    private final FakePbx fake = FakePbx.asterisk22();

    @Override
    public String introduction() {
        return "Nothing here is a real PBX: the servers run in this program, on loopback.";
    }

    @Override
    public Map<String, String> settings() {
        return fake.settings();
    }

    @Override
    public Optional<Credentials> colleague() {
        return Optional.of(Credentials.of("1002", "secret-1002"));
    }

    @Override
    public boolean mayBeChanged() {
        return true;
    }

    @Override
    public Optional<String> callQueue(Stage stage) {
        fake.play(CallScenario.queue("1001", "500"));
        return Optional.empty();
    }

    @Override
    public Optional<String> recordCalls(Stage stage) {
        for (int call = 1; call <= 3; call++) {
            fake.play(CallScenario.of("call to 1002, answered after 3 s, recorded"));
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        fake.close();
    }
}
