package io.github.pbxsdk.core.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.PbxException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OperationGuardTest {

    private static final Operation READ = Operation.read("ami", "CoreStatus");
    private static final Operation CHANGE = Operation.change("ami", "Originate");

    @Test
    void allowAllLetsChangesPass() {
        assertThatCode(() -> OperationGuard.allowAll().check(CHANGE)).doesNotThrowAnyException();
    }

    @Test
    void readOnlyLetsReadsPass() {
        assertThatCode(() -> OperationGuard.readOnly().check(READ)).doesNotThrowAnyException();
    }

    @Test
    void readOnlyRefusesChangesAndSaysWhatAndWhy() {
        assertThatThrownBy(
                        () -> OperationGuard.readOnly("a trial tenant may only look").check(CHANGE))
                .isInstanceOf(OperationRefusedException.class)
                .hasMessage(
                        "not allowed here: ami Originate (CHANGE): a trial tenant may only look");
    }

    @Test
    void refusalSaysThatNothingWasSent() {
        assertThatThrownBy(() -> OperationGuard.readOnly().check(CHANGE))
                .isInstanceOfSatisfying(
                        OperationRefusedException.class,
                        refused -> {
                            assertThat(((PbxException) refused).mayHaveBeenSent()).isFalse();
                            assertThat(refused.operation()).isEqualTo(CHANGE);
                            assertThat(refused.reason()).isEqualTo("only reading is allowed");
                        });
    }

    @Test
    void auditInFrontSeesAttemptsAndAuditBehindSeesWhatPasses() {
        List<Operation> attempts = new ArrayList<>();
        List<Operation> passed = new ArrayList<>();
        OperationGuard guard =
                ((OperationGuard) attempts::add).and(OperationGuard.readOnly()).and(passed::add);

        guard.check(READ);
        assertThatThrownBy(() -> guard.check(CHANGE)).isInstanceOf(OperationRefusedException.class);

        assertThat(attempts).containsExactly(READ, CHANGE);
        assertThat(passed).containsExactly(READ);
    }
}
