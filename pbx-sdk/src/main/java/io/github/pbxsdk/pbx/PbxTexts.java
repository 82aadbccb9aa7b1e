package io.github.pbxsdk.pbx;

import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MessageGateway;
import io.github.pbxsdk.core.message.MessageReceipt;
import io.github.pbxsdk.core.message.TextMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Texts by the road that fits them.
 *
 * <pre>{@code
 * pbx.texts().send(TextMessage.to(Address.extension("1002")).text("Door 4").build());
 * pbx.texts().by(TextRoad.AMI).send(message);          // by this one, and no other
 * }</pre>
 *
 * <p>Numbers of telephones go by SMS. Extensions and SIP addresses go by SIP, AMI or ARI: the first
 * of those that is set up and can carry the text. The next one is taken only where the one before
 * can't be reached and nothing has left: a text goes out once.
 *
 * <p>Thread-safe.
 */
public final class PbxTexts {

    private final Clients clients;
    private final RoadMaker roads;

    PbxTexts(Clients clients) {
        this.clients = clients;
        this.roads = new RoadMaker(clients);
    }

    /**
     * Returns the road of one's own choice, whatever others there are; opens its client.
     *
     * @throws IllegalStateException if a setting for it is missing
     * @throws PbxException if its client can't be opened
     */
    public MessageGateway by(TextRoad road) {
        return roads.open(road);
    }

    /** Returns the roads that a text may take, the best first; empty if none is set up for it. */
    public List<TextRoad> roadsFor(TextMessage message) {
        Stream<TextRoad> fitting =
                message.to().stream().allMatch(this::isForSms)
                        ? Stream.of(TextRoad.SMS)
                        : Stream.of(TextRoad.SIP, TextRoad.AMI, TextRoad.ARI);
        return fitting.filter(roads::has).toList();
    }

    /** What nobody could read may be a number as people of the client's region write it. */
    private boolean isForSms(Address to) {
        return switch (to.kind()) {
            case PHONE_NUMBER, SHORT_CODE, SENDER_NAME -> true;
            case UNPARSED -> roads.has(TextRoad.SMS);
            case EXTENSION, SIP_URI -> false;
        };
    }

    /**
     * Sends a text by the road that fits and waits until the peer has answered.
     *
     * <p>Accepted isn't delivered.
     *
     * @throws IllegalStateException if no road is set up for this text
     * @throws IllegalArgumentException if no road can carry it, with the reason of each
     * @throws PbxException as the road does; see {@link PbxException#mayHaveBeenSent()}
     */
    public MessageReceipt send(TextMessage message) {
        return Futures.await(sendAsync(message));
    }

    /**
     * Sends without waiting; the future fails as {@link #send} does. Cancelling it stops the
     * waiting; what has left stays sent.
     */
    public CompletableFuture<MessageReceipt> sendAsync(TextMessage message) {
        List<TextRoad> order = roadsFor(message);
        return PbxThreads.call(clients.resources, () -> sendByOneOf(order, message));
    }

    private MessageReceipt sendByOneOf(List<TextRoad> order, TextMessage message) {
        if (order.isEmpty()) {
            throw noRoad(message);
        }
        List<String> objections = new ArrayList<>();
        @Nullable PbxConnectionException unreachable = null;
        for (TextRoad road : order) {
            try {
                MessageGateway gateway = roads.open(road);
                Optional<String> objection = gateway.limits().objection(message);
                if (objection.isEmpty()) {
                    return gateway.send(message);
                }
                objections.add(road + ": " + objection.get());
            } catch (PbxConnectionException e) {
                if (e.mayHaveBeenSent()) {
                    throw e;
                }
                unreachable = e;
            }
        }
        if (unreachable != null) {
            throw unreachable;
        }
        throw new IllegalArgumentException(
                "no road can carry " + message + ": " + String.join("; ", objections));
    }

    private IllegalStateException noRoad(TextMessage message) {
        boolean sms = message.to().stream().allMatch(this::isForSms);
        return clients.settings.missing(
                "a text to " + (sms ? "telephones" : "extensions"),
                sms
                        ? "the settings of a provider (" + PbxSetting.SMS_PROVIDER + ")"
                        : "one of "
                                + clients.settings.name(PbxSetting.SIP_SERVER)
                                + (", " + clients.settings.name(PbxSetting.AMI_HOST))
                                + (" and " + clients.settings.name(PbxSetting.ARI_URL)));
    }
}
