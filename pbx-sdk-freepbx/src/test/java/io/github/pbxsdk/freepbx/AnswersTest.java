package io.github.pbxsdk.freepbx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxProtocolException;
import io.github.pbxsdk.core.security.OperationGuard;
import io.github.pbxsdk.core.security.OperationRefusedException;
import io.github.pbxsdk.freepbx.FreePbxRejectedException.Kind;
import io.github.pbxsdk.testing.freepbx.FakeFreePbx;
import io.github.pbxsdk.testing.freepbx.FreePbxFault;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the client makes of each of the ways in which FreePBX answers. */
class AnswersTest {

    private static final RingGroupSettings GROUP =
            RingGroupSettings.of("600").members(List.of("1001")).build();

    private final FakeFreePbx fake = new FakeFreePbx();
    private final FreePbxClient pbx = TestClients.client(fake);

    @AfterEach
    void close() {
        pbx.close();
        fake.close();
    }

    static Stream<Arguments> doors() {
        Consumer<FreePbxClient> blocking = client -> client.ringGroups().create(GROUP);
        Consumer<FreePbxClient> waiting = client -> client.ringGroups().createAsync(GROUP).join();
        return Stream.of(Arguments.of("blocking", blocking), Arguments.of("asynchronous", waiting));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("doors")
    void whatWasDoneAndAnswered400GoesOutOnceAndSaysSo(
            String door, Consumer<FreePbxClient> create) {
        fake.fail(FreePbxFault.ERROR_AFTER_DOING);

        FreePbxRejectedException refusal = failure(() -> create.accept(pbx));

        assertThat(refusal.kind()).isEqualTo(Kind.SERVER_ERROR);
        assertThat(refusal.mayHaveBeenSent()).isTrue();
        assertThat(fake.requests("addRingGroup")).hasSize(1);
        assertThat(pbx.ringGroups().find("600")).as(door).isPresent();
    }

    @Test
    void aConnectionLostAfterTheWorkSaysThatItMayBeDone() {
        fake.fail(FreePbxFault.DROP_AFTER_DOING);

        PbxException failure =
                catchThrowableOfType(
                        PbxConnectionException.class, () -> pbx.ringGroups().create(GROUP));

        assertThat(failure.mayHaveBeenSent()).isTrue();
        assertThat(fake.requests("addRingGroup")).hasSize(1);
    }

    @Test
    void aStatusOfNullIsAFailure() {
        fake.fail(FreePbxFault.STATUS_NULL);

        FreePbxRejectedException refusal = failure(() -> pbx.ringGroups().create(GROUP));

        assertThat(refusal.kind()).isEqualTo(Kind.SERVER_ERROR);
        assertThat(refusal.code()).isEqualTo(200);
        assertThat(refusal).hasMessageContaining("gives no reason");
    }

    @Test
    void aPageForABrowserIsNoAnswer() {
        fake.fail(FreePbxFault.HTML_PAGE);

        assertThatThrownBy(() -> pbx.ringGroups().list())
                .isInstanceOf(PbxProtocolException.class)
                .hasMessageContaining("a page for a browser");
    }

    @Test
    void readingIsRepeatedAfterAnErrorOfPhpAndALostConnection() {
        fake.fail(FreePbxFault.SLIM_ERROR, FreePbxFault.DROP);

        assertThat(pbx.ringGroups().list()).isEmpty();
        assertThat(fake.requests("fetchAllRingGroups")).hasSize(3);
    }

    @Test
    void changingIsNotRepeatedAfterAnErrorOfPhp() {
        fake.fail(FreePbxFault.SLIM_ERROR);

        FreePbxRejectedException refusal = failure(() -> pbx.ringGroups().create(GROUP));

        assertThat(refusal.code()).isEqualTo(500);
        assertThat(refusal.mayHaveBeenSent()).isTrue();
        assertThat(fake.requests("addRingGroup")).hasSize(1);
    }

    @Test
    void theManagerPasswordInAMessageNeverShows() {
        fake.asteriskUp(false);

        Throwable failure =
                catchThrowableOfType(
                        PbxException.class,
                        () ->
                                pbx.graphQl()
                                        .run(
                                                "mutation($i:addExtensionInput!){addExtension(input:$i)"
                                                        + "{status message}}",
                                                Map.of(
                                                        "i",
                                                        Map.of(
                                                                "extensionId",
                                                                "3002",
                                                                "name",
                                                                "T",
                                                                "email",
                                                                "t@pbx.example"))));

        assertThat(failure)
                .hasMessageContaining("Asterisk Manager")
                .hasMessageNotContaining(FakeFreePbx.AMI_SECRET);
        assertThat(((FreePbxRejectedException) failure).reason())
                .doesNotContain(FakeFreePbx.AMI_SECRET);
    }

    @Test
    void theManagerPasswordIsFoundInOtherLanguagesToo() {
        assertThat(Answers.withoutManagerSecret("Keine Verbindung mit admin/geheim::"))
                .isEqualTo("Keine Verbindung mit admin/***");
        assertThat(Answers.withoutManagerSecret("with $1/a/b:c:: x")).isEqualTo("with $1/*** x");
    }

    @Test
    void whatAMessageQuotesOfOurSecretsDoesNotShow() {
        Map<String, Object> input =
                Map.of("extensionId", "1004", "vmPassword", "9753", "email", "a@b.example");

        Throwable failure =
                catchThrowableOfType(
                        PbxException.class,
                        () ->
                                pbx.graphQl()
                                        .run(
                                                "mutation($i:addExtensionInput!){addExtension(input:$i)"
                                                        + "{status message}}",
                                                Map.of("i", input)));

        assertThat(failure).hasMessageContaining("required type").hasMessageNotContaining("9753");
        assertThat(((FreePbxRejectedException) failure).kind()).isEqualTo(Kind.INVALID_REQUEST);
    }

    @Test
    void seventeenTellsErrorsWith200() {
        fake.behaveAsSeventeen();

        FreePbxRejectedException refusal = failure(() -> pbx.extensions().get("9999"));

        assertThat(refusal.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(refusal.code()).isEqualTo(200);
    }

    @Test
    void aMissingScopeIsNamed() {
        fake.hide("fetchAllCdrs", "fetchFollowMe");

        FreePbxRejectedException refusal =
                failure(() -> pbx.graphQl().run("{fetchAllCdrs{totalCount}}"));

        assertThat(refusal.kind()).isEqualTo(Kind.SCOPE_OR_MODULE_MISSING);
        assertThat(refusal.mayHaveBeenSent()).isFalse();
        FreePbxCheck check = pbx.check();
        assertThat(check.outcome()).isEqualTo(FreePbxCheck.Outcome.FEW_SCOPES);
        assertThat(check.words()).contains("fetchAllCdrs, fetchFollowMe");
        assertThat(pbx.capabilities().has("addExtension")).isTrue();
        assertThat(pbx.capabilities().has("fetchAllCdrs")).isFalse();
    }

    @Test
    void aSecondRootFieldThatFailsIsSeen() {
        fake.addExtension("1001", "Alice Example");

        FreePbxRejectedException refusal =
                failure(
                        () ->
                                pbx.graphQl()
                                        .run(
                                                "{a:fetchExtension(extensionId:\"1001\"){status message}"
                                                        + " b:fetchExtension(extensionId:\"9\"){status"
                                                        + " message}}"));

        assertThat(refusal.kind()).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void aReadOnlyClientSendsNoChange() {
        try (FreePbxClient reader =
                TestClients.builder(fake).guard(OperationGuard.readOnly()).build()) {
            assertThat(reader.ringGroups().list()).isEmpty();
            int before = fake.requests().size();

            assertThatThrownBy(() -> reader.ringGroups().create(GROUP))
                    .isInstanceOf(OperationRefusedException.class);
            assertThatThrownBy(() -> reader.graphQl().run("mutation{doreload(input:{}){status}}"))
                    .isInstanceOf(OperationRefusedException.class);
            assertThatThrownBy(() -> reader.graphQl().run("{deleteBackup(backupId:1){status}}"))
                    .isInstanceOf(OperationRefusedException.class);
            assertThat(fake.requests()).hasSize(before);
        }
    }

    @Test
    void restAnswersInWhateverForm() {
        fake.addExtension("1001", "Alice Example");

        assertThat(pbx.rest().get("core/users").objects()).hasSize(1);
        assertThat(pbx.rest().get("core/users/9999").isNone()).isTrue();
        assertThat(pbx.rest().get("timeconditions/").isNone()).isTrue();
        assertThat(pbx.rest().get("callwaiting/users/1001").text()).contains("ENABLED");
        assertThat(failure(() -> pbx.rest().get("nosuch/route")).kind())
                .isEqualTo(Kind.SCOPE_OR_MODULE_MISSING);
    }

    private static FreePbxRejectedException failure(Runnable call) {
        Throwable failure = catchThrowableOfType(RuntimeException.class, call::run);
        Throwable reason = failure instanceof CompletionException ? failure.getCause() : failure;
        assertThat(reason).isInstanceOf(FreePbxRejectedException.class);
        return (FreePbxRejectedException) reason;
    }
}
