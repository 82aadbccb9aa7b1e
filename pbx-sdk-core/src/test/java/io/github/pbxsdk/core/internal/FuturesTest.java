package io.github.pbxsdk.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxInterruptedException;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class FuturesTest {

    @Test
    void theFailureItselfIsThrown() {
        PbxConnectionException failure = new PbxConnectionException("cannot reach it", null);

        assertThatThrownBy(
                        () ->
                                Futures.await(
                                        CompletableFuture.failedFuture(
                                                new CompletionException(failure))))
                .isSameAs(failure);
    }

    @Test
    void theFailureShowsWhereTheBlockingCallWasMade() {
        PbxException failure = new PbxException("no");

        assertThatThrownBy(() -> Futures.await(CompletableFuture.failedFuture(failure)))
                .isSameAs(failure);

        assertThat(failure.getSuppressed())
                .singleElement()
                .satisfies(
                        place ->
                                assertThat(place.getStackTrace())
                                        .anyMatch(
                                                frame ->
                                                        frame.getClassName()
                                                                .equals(
                                                                        FuturesTest.class
                                                                                .getName())));
    }

    @Test
    void aCheckedFailureIsWrapped() {
        assertThatThrownBy(
                        () -> Futures.await(CompletableFuture.failedFuture(new IOException("x"))))
                .isInstanceOf(PbxException.class)
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void anErrorStaysAnError() {
        assertThatThrownBy(
                        () -> Futures.await(CompletableFuture.failedFuture(new LinkageError("x"))))
                .isInstanceOf(LinkageError.class);
    }

    @Test
    void aCancelledOperationSaysSo() {
        CompletableFuture<String> future = new CompletableFuture<>();
        future.cancel(true);

        assertThatThrownBy(() -> Futures.await(future)).isInstanceOf(CancellationException.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anInterruptCancelsAndTellsWhetherItWasSent(boolean sent) {
        RootFuture<String> future = new RootFuture<>(Runnable::run);
        if (sent) {
            future.markSent();
        }
        Thread.currentThread().interrupt();

        PbxInterruptedException failure =
                catchThrowableOfType(PbxInterruptedException.class, () -> Futures.await(future));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(future).isCancelled();
        assertThat(failure.mayHaveBeenSent()).isEqualTo(sent);
    }
}
