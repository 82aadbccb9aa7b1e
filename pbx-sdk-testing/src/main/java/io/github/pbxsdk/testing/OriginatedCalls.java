package io.github.pbxsdk.testing;

import io.github.pbxsdk.testing.ami.AmiMessage;
import io.github.pbxsdk.testing.ami.FakeAmi;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The calls that clients originate on a {@link FakePbx}, and what they then do with them. */
final class OriginatedCalls {

    private static final Pattern CALLER_ID = Pattern.compile("\"?([^\"<]*?)\"? *<([^>]*)>");
    private static final String UNKNOWN = "<unknown>";

    private final String release;
    private final Map<String, String> people;
    private final IntSupplier numbers;
    private final BiConsumer<Retelling, RecordedCall.Moment> teller;
    private final Consumer<PlayedCall> file;
    private final Map<String, CallScenario> scenarios = new ConcurrentHashMap<>();
    private final List<OriginatedCall> calls = new CopyOnWriteArrayList<>();

    OriginatedCalls(
            String release,
            Map<String, String> people,
            IntSupplier numbers,
            BiConsumer<Retelling, RecordedCall.Moment> teller,
            Consumer<PlayedCall> file) {
        this.release = release;
        this.people = people;
        this.numbers = numbers;
        this.teller = teller;
        this.file = file;
    }

    /** Says what becomes of the calls to an extension. */
    void on(CallScenario scenario) {
        if (!scenario.isPlain()) {
            throw new IllegalArgumentException(
                    "a call that is originated is answered, not answered or busy: " + scenario);
        }
        scenarios.put(scenario.to(), scenario);
    }

    /**
     * Has a manager interface answer by it.
     *
     * @param lists whether there is a channel of a name, whoever called
     */
    void give(FakeAmi ami, Predicate<String> lists) {
        ami.answer("Originate", action -> List.of(originate(action)), this::begin);
        ami.answer("Hangup", action -> List.of(hangUp(action, lists)), this::hangUp);
        ami.answer("PlayDTMF", action -> List.of(playDigit(action, lists)));
    }

    private AmiMessage originate(AmiMessage action) {
        return refusal(action)
                .map(OriginatedCalls::error)
                .orElseGet(() -> success("Originate successfully queued"));
    }

    private Optional<String> refusal(AmiMessage action) {
        String channel = action.get("Channel");
        if (channel.isEmpty()) {
            return Optional.of("Channel not specified");
        }
        if (channel.indexOf('/') < 0) {
            return Optional.of("Invalid channel");
        }
        if (channel.startsWith("Local/")) {
            return Optional.of("A fake has no dialplan behind " + channel);
        }
        return isOneLeg(action) || people.containsKey(action.get("Exten"))
                ? Optional.empty()
                : Optional.of("Extension does not exist.");
    }

    private static boolean isOneLeg(AmiMessage action) {
        return action.find("Application").isPresent();
    }

    private static AmiMessage error(String words) {
        return AmiMessage.of("Response", "Error", "Message", words);
    }

    private static AmiMessage success(String words) {
        return AmiMessage.of("Response", "Success", "Message", words);
    }

    private void begin(AmiMessage action) {
        if (refusal(action).isPresent()) {
            return;
        }
        RecordedCall recorded = recorded(action);
        Duration ringing = scenario(action).ringing().orElse(Duration.ZERO);
        boolean answered = !recorded.answer().equals(Instant.MAX);
        Duration past = answered ? ringing : Duration.between(recorded.start(), recorded.end());
        Instant begin = Instant.now().minus(past);
        Retelling retelling = new Retelling(recorded, cast(action, begin), ringing, begin, numbers);
        OriginatedCall call = new OriginatedCall(recorded, retelling, teller);
        calls.removeIf(OriginatedCall::isOver);
        calls.add(call);
        call.begin();
    }

    private CallScenario scenario(AmiMessage action) {
        String number = number(action);
        return scenarios.getOrDefault(number, CallScenario.call("", number));
    }

    private static String number(AmiMessage action) {
        return action.get("Channel").replaceFirst("^PJSIP/", "");
    }

    private RecordedCall recorded(AmiMessage action) {
        if (!people.containsKey(number(action))) {
            return read("14i-originate-pjsip-agent-busy", action)
                    .told(OriginatedCalls::unreachable, row -> row);
        }
        return switch (end(action)) {
            case BUSY -> read("14i-originate-pjsip-agent-busy", action);
            case NOT_ANSWERED, GIVEN_UP -> read("14f-originate-pjsip-agent-no-answer", action);
            case ANSWERED -> answered(read("14a-originate-pjsip-both-answer", action), action);
        };
    }

    /** Who rings longer than the caller waits does not answer. */
    private CallScenario.End end(AmiMessage action) {
        CallScenario scenario = scenario(action);
        long patience =
                action.find("Timeout")
                        .filter(text -> text.matches("\\d{1,9}"))
                        .map(Long::valueOf)
                        .orElse(30_000L);
        boolean late = scenario.ringing().filter(one -> one.toMillis() > patience).isPresent();
        return late ? CallScenario.End.NOT_ANSWERED : scenario.end();
    }

    private RecordedCall read(String name, AmiMessage action) {
        RecordedCall call = RecordedCall.read(release, name);
        return isOneLeg(action) ? call.told(OriginatedCalls::verdict, row -> row) : call;
    }

    /** The verdict names the application in the place of an extension. */
    private static Stream<RecordedCall.Moment> verdict(RecordedCall.Moment moment) {
        String text = moment.text();
        return Stream.of(
                text.startsWith("Event: OriginateResponse")
                        ? moment.with(
                                text.replaceFirst(
                                        "Context: .*\nExten: .*",
                                        "Application: APPLICATION\nData: APPDATA"))
                        : moment);
    }

    private static RecordedCall answered(RecordedCall call, AmiMessage action) {
        return isOneLeg(action) ? OneLeg.of(call) : call;
    }

    /** There is no channel, only a verdict on what was dialled. */
    private static Stream<RecordedCall.Moment> unreachable(RecordedCall.Moment moment) {
        return moment.text().startsWith("Event: OriginateResponse")
                ? Stream.of(moment.with(moment.text().replace("PJSIP/102", "DIALLED")))
                : Stream.empty();
    }

    /** Returns who and what takes the place of whom and what in the recordings. */
    private Map<String, String> cast(AmiMessage action, Instant begin) {
        Map<String, String> cast = new HashMap<>();
        String own = begin.getEpochSecond() + "." + numbers.getAsInt();
        for (String id : List.of("c2c-a", "c2c-f", "c2c-i")) {
            cast.put(id, action.find("ChannelId").orElse(own));
        }
        cast.put("click-1", action.get("ActionID"));
        cast.put("DIALLED", action.get("Channel"));
        cast.put("APPLICATION", action.get("Application"));
        cast.put("APPDATA", action.get("Data"));
        String called = number(action);
        person(cast, "102", "Bob", called, people.getOrDefault(called, called));
        castCaller(cast, action.get("CallerID"));
        String other = action.get("Exten");
        if (isOneLeg(action)) {
            copy(cast, "CALLER", "103");
            copy(cast, "Click to call", "Carol");
        } else {
            person(cast, "103", "Carol", other, people.getOrDefault(other, other));
        }
        return cast;
    }

    /** Nobody in particular calls as the one who is called. */
    private static void castCaller(Map<String, String> cast, String callerId) {
        Matcher named = CALLER_ID.matcher(callerId);
        if (callerId.isEmpty()) {
            copy(cast, "102", "CALLER");
            copy(cast, "Bob", "Click to call");
        } else if (named.matches()) {
            person(cast, "CALLER", "Click to call", named.group(2), named.group(1));
        } else {
            person(cast, "CALLER", "Click to call", callerId, UNKNOWN);
        }
    }

    private static void person(
            Map<String, String> cast,
            String recordedNumber,
            String recordedName,
            String number,
            String name) {
        cast.put(recordedNumber, number);
        cast.put(recordedName, name);
    }

    private static void copy(Map<String, String> cast, String from, String to) {
        cast.put(to, cast.getOrDefault(from, from));
    }

    private AmiMessage hangUp(AmiMessage action, Predicate<String> lists) {
        String channel = action.get("Channel");
        if (find(channel).isPresent()) {
            return success("Channel Hungup");
        }
        return error(
                lists.test(channel)
                        ? "A call that is played goes on as it was recorded"
                        : "No such channel");
    }

    private Optional<OriginatedCall> find(String channel) {
        return calls.stream().filter(call -> call.has(channel)).findFirst();
    }

    private void hangUp(AmiMessage action) {
        find(action.get("Channel")).ifPresent(call -> call.hangUp(file));
    }

    private static AmiMessage playDigit(AmiMessage action, Predicate<String> lists) {
        if (!lists.test(action.get("Channel"))) {
            return error("Channel not found");
        }
        return action.get("Digit").isEmpty()
                ? error("No digit specified")
                : success("DTMF successfully queued");
    }
}
