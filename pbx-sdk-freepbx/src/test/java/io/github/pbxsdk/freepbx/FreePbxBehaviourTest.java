package io.github.pbxsdk.freepbx;

import io.github.pbxsdk.testing.freepbx.FakeFreePbx;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** What holds for every FreePBX, on the fake one. */
class FreePbxBehaviourTest extends FreePbxBehaviour {

    private final FakeFreePbx fake = new FakeFreePbx();

    @Override
    FreePbxClient connect() {
        fake.addExtension("1001", "Alice Example");
        fake.addRingGroup("600", "Reception", "1001");
        fake.addCallRecord(Map.of("uniqueid", "1.1", "calldate", "2026-01-01 00:00:00"));
        return TestClients.client(fake);
    }

    @Override
    boolean mayChange() {
        return true;
    }

    @AfterEach
    void closeFake() {
        fake.close();
    }
}
