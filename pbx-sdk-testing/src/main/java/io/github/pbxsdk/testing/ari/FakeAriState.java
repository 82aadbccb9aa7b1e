package io.github.pbxsdk.testing.ari;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What there is on a {@link FakeAri}: channels, bridges, playbacks, recordings.
 *
 * <p>Channels and bridges of events that were only told are listed beside those that were made by
 * requests, and go on as they are told: they take no request that changes something.
 */
final class FakeAriState {

    private static final String TIME = "2026-11-20T23:08:32.597+0000";
    private static final String ID = "aa:bb:cc:dd:ee:01";

    private final FakeAri server;
    private final String version;
    private final boolean confusesRecordings;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, FakeChannel> channels = new LinkedHashMap<>();
    private final Map<String, String> bridges = new LinkedHashMap<>();
    private final Map<String, FakePlayback> playbacks = new LinkedHashMap<>();
    private final Map<String, FakeLive> live = new LinkedHashMap<>();
    private final Map<String, FakeFile> files = new TreeMap<>();
    private final ToldObjects toldChannels =
            new ToldObjects("channel", "ChannelCreated", "ChannelDestroyed");
    private final ToldObjects toldBridges =
            new ToldObjects("bridge", "BridgeCreated", "BridgeDestroyed");

    FakeAriState(FakeAri server, String version, boolean confusesRecordings) {
        this.server = server;
        this.version = version;
        this.confusesRecordings = confusesRecordings;
    }

    private record FakeChannel(String id, String name, String application) {}

    private record FakePlayback(String id, String media, String target, String application) {}

    private record FakeLive(String name, String format, String target, String application) {}

    private record FakeFile(String name, String format, Bytes content) {}

    /** Content that is nobody's to change. */
    private record Bytes(ByteBuffer buffer) {

        static Bytes of(byte[] content) {
            return new Bytes(ByteBuffer.wrap(content.clone()).asReadOnlyBuffer());
        }

        byte[] copy() {
            byte[] copy = new byte[buffer.remaining()];
            buffer.duplicate().get(copy);
            return copy;
        }
    }

    /** Takes over what an event says that is not of its own making. */
    void take(String event) {
        lock.lock();
        try {
            toldChannels.take(event);
            toldBridges.take(event);
        } finally {
            lock.unlock();
        }
    }

    AriReply answer(AriRequest request) {
        lock.lock();
        try {
            return route(request, request.parts());
        } finally {
            lock.unlock();
        }
    }

    private AriReply route(AriRequest request, List<String> parts) {
        return switch (parts.get(0)) {
            case "asterisk" -> asterisk(parts);
            case "applications" -> application(parts);
            case "channels" -> channels(request, parts);
            case "bridges" -> bridges(request, parts);
            case "playbacks" -> playback(request, parts);
            case "recordings" ->
                    parts.get(1).equals("live") ? live(request, parts) : stored(request, parts);
            default -> unknown();
        };
    }

    private static AriReply unknown() {
        return AriReply.refused(404, "Resource not found");
    }

    private AriReply asterisk(List<String> parts) {
        return switch (String.join("/", parts)) {
            case "asterisk/info" ->
                    AriReply.json(
                            200,
                            "{\"system\":{\"version\":\"%s\",\"entity_id\":\"%s\"},\"status\":{\"startup_time\":\"%s\"}}"
                                    .formatted(version, ID, TIME));
            case "asterisk/ping" ->
                    AriReply.json(
                            200,
                            "{\"ping\":\"pong\",\"timestamp\":\"%s\",\"asterisk_id\":\"%s\"}"
                                    .formatted(TIME, ID));
            default -> unknown();
        };
    }

    private static AriReply application(List<String> parts) {
        return parts.size() == 1
                ? AriReply.json(200, "[]")
                : AriReply.json(
                        200,
                        "{\"name\":\"%s\",\"channel_ids\":[],\"bridge_ids\":[],\"endpoint_ids\":[],\"device_names\":[]}"
                                .formatted(parts.get(1)));
    }

    private AriReply channels(AriRequest request, List<String> parts) {
        if (parts.size() == 1) {
            return request.method().equals("POST")
                    ? originate(request)
                    : list(
                            Stream.concat(
                                    channels.values().stream().map(this::json),
                                    toldChannels.list().stream()));
        }
        FakeChannel channel = channels.get(parts.get(1));
        if (channel == null) {
            return told(request, parts, toldChannels, "Channel");
        }
        if (parts.size() == 2) {
            return request.method().equals("DELETE")
                    ? hangup(channel)
                    : AriReply.json(200, json(channel));
        }
        return switch (parts.get(2)) {
            case "play" -> play(request, channel);
            case "record" -> record(request, channel);
            default -> AriReply.done();
        };
    }

    private static AriReply told(
            AriRequest request, List<String> parts, ToldObjects objects, String kind) {
        boolean asked = parts.size() == 2 && request.method().equals("GET");
        return objects.find(parts.get(1))
                .map(
                        json ->
                                asked
                                        ? AriReply.json(200, json)
                                        : AriReply.refused(
                                                409, kind + " not in Stasis application"))
                .orElseGet(() -> AriReply.refused(404, kind + " not found"));
    }

    /** The events come before the answer, as they may. */
    private AriReply originate(AriRequest request) {
        if (request.find("endpoint").isEmpty()) {
            return AriReply.refused(400, "Endpoint must be specified");
        }
        String id = request.find("channelId").orElse("1795216112." + channels.size());
        if (channels.containsKey(id)) {
            return AriReply.refused(409, "Channel with given unique ID already exists");
        }
        FakeChannel channel =
                new FakeChannel(
                        id,
                        request.find("endpoint").orElseThrow() + "-0000000a;1",
                        request.find("app").orElse(""));
        channels.put(id, channel);
        emit("ChannelCreated", channel.application(), "\"channel\":" + json(channel));
        boolean served =
                emit(
                        "StasisStart",
                        channel.application(),
                        "\"args\":[],\"channel\":" + json(channel));
        if (!served) {
            channels.remove(id);
        }
        return AriReply.json(200, json(channel));
    }

    private AriReply hangup(FakeChannel channel) {
        channels.remove(channel.id());
        emit("StasisEnd", channel.application(), "\"channel\":" + json(channel));
        emit(
                "ChannelDestroyed",
                channel.application(),
                "\"cause\":16,\"cause_txt\":\"Normal Clearing\",\"channel\":" + json(channel));
        return AriReply.done();
    }

    private AriReply play(AriRequest request, FakeChannel channel) {
        String id = request.find("playbackId").orElse("pb1");
        FakePlayback playback =
                new FakePlayback(
                        id,
                        request.all("media").get(0),
                        "channel:" + channel.id(),
                        channel.application());
        playbacks.put(id, playback);
        emit(
                "PlaybackStarted",
                playback.application(),
                "\"playback\":" + json(playback, "playing"));
        if (playback.media().equals("sound:nope")) {
            finish(playback, "failed");
        }
        return AriReply.json(201, json(playback, "queued"));
    }

    void finishPlayback(String id, String state) {
        lock.lock();
        try {
            Optional.ofNullable(playbacks.get(id)).ifPresent(playback -> finish(playback, state));
        } finally {
            lock.unlock();
        }
    }

    private void finish(FakePlayback playback, String state) {
        playbacks.remove(playback.id());
        emit("PlaybackFinished", playback.application(), "\"playback\":" + json(playback, state));
    }

    private AriReply playback(AriRequest request, List<String> parts) {
        FakePlayback playback = playbacks.get(parts.get(1));
        if (playback == null) {
            return AriReply.refused(404, "Playback not found");
        }
        if (request.method().equals("DELETE")) {
            finish(playback, "done");
            return AriReply.done();
        }
        return parts.size() == 2 ? AriReply.json(200, json(playback, "playing")) : AriReply.done();
    }

    private AriReply record(AriRequest request, FakeChannel channel) {
        String name = request.find("name").orElse("");
        if (files.containsKey(name)) {
            return AriReply.refused(
                    409, "Recording '" + name + "' already exists and can not be overwritten");
        }
        FakeLive recording =
                new FakeLive(
                        name,
                        request.find("format").orElse("wav"),
                        "channel:" + channel.id(),
                        channel.application());
        live.put(name, recording);
        emit(
                "RecordingStarted",
                recording.application(),
                "\"recording\":" + json(recording, "recording"));
        return AriReply.json(201, json(recording, "queued"));
    }

    private AriReply live(AriRequest request, List<String> parts) {
        FakeLive recording = live.get(parts.get(2));
        if (recording == null) {
            return AriReply.refused(404, "Recording not found");
        }
        if (request.method().equals("DELETE") && parts.size() == 3) {
            live.remove(recording.name());
            return AriReply.done();
        }
        if (parts.size() == 4 && parts.get(3).equals("stop")) {
            live.remove(recording.name());
            addRecording(recording.name(), recording.format(), new byte[44]);
            emit(
                    "RecordingFinished",
                    recording.application(),
                    "\"recording\":" + json(recording, "done"));
        }
        return request.method().equals("GET")
                ? AriReply.json(200, json(recording, "recording"))
                : AriReply.done();
    }

    private AriReply bridges(AriRequest request, List<String> parts) {
        if (parts.size() == 1 && request.method().equals("GET")) {
            return list(Stream.concat(bridges.values().stream(), toldBridges.list().stream()));
        }
        if (parts.size() == 1) {
            String id = request.find("bridgeId").orElse("br1");
            String json = bridge(id, request.find("name").orElse(""));
            bridges.put(id, json);
            return AriReply.json(200, json);
        }
        String json = bridges.get(parts.get(1));
        if (json == null) {
            return told(request, parts, toldBridges, "Bridge");
        }
        if (request.method().equals("DELETE") && parts.size() == 2) {
            bridges.remove(parts.get(1));
            return AriReply.done();
        }
        return parts.size() == 2 ? AriReply.json(200, json) : AriReply.done();
    }

    private AriReply stored(AriRequest request, List<String> parts) {
        if (parts.size() == 2) {
            return list(files.values().stream().map(FakeAriState::json));
        }
        Optional<FakeFile> found = find(parts.get(2));
        if (found.isEmpty()) {
            return AriReply.refused(404, "Recording not found");
        }
        FakeFile file = found.get();
        if (parts.size() == 3) {
            if (request.method().equals("DELETE")) {
                files.remove(file.name());
                return AriReply.done();
            }
            return AriReply.json(
                    200, json(new FakeFile(parts.get(2), file.format(), file.content())));
        }
        return parts.get(3).equals("file")
                ? AriReply.bytes(200, "audio/" + file.format(), file.content().copy())
                : copy(request, file);
    }

    /** The older release compares only as many characters as the name of the file has. */
    private Optional<FakeFile> find(String name) {
        return files.values().stream()
                .filter(
                        file ->
                                confusesRecordings
                                        ? name.startsWith(file.name())
                                        : name.equals(file.name()))
                .findFirst();
    }

    private AriReply copy(AriRequest request, FakeFile file) {
        String name = request.find("destinationRecordingName").orElse("");
        if (files.containsKey(name)) {
            return AriReply.refused(
                    409, "A recording with the same name already exists on the system");
        }
        FakeFile copy = new FakeFile(name, file.format(), file.content());
        files.put(name, copy);
        return AriReply.json(200, json(copy));
    }

    void addRecording(String name, String format, byte[] content) {
        lock.lock();
        try {
            files.put(name, new FakeFile(name, format, Bytes.of(content)));
        } finally {
            lock.unlock();
        }
    }

    List<String> recordings() {
        lock.lock();
        try {
            return List.copyOf(files.keySet());
        } finally {
            lock.unlock();
        }
    }

    private boolean emit(String type, String application, String members) {
        return server.emit(application, event(type, application, members));
    }

    /** Returns an event as the server writes it. */
    String event(String type, String application, String members) {
        return "{\"type\":\"%s\",\"application\":\"%s\",\"timestamp\":\"%s\"%s,\"asterisk_id\":\"%s\"}"
                .formatted(type, application, TIME, members.isEmpty() ? "" : "," + members, ID);
    }

    private static AriReply list(Stream<String> objects) {
        return AriReply.json(200, objects.collect(Collectors.joining(",", "[", "]")));
    }

    private String json(FakeChannel channel) {
        String newer = version.startsWith("16") ? "" : ",\"protocol_id\":\"\"";
        return ("{\"id\":\"%s\",\"name\":\"%s\",\"state\":\"Up\"%s,\"caller\":{\"name\":\"\",\"number\":\"\"},"
                        + "\"connected\":{\"name\":\"\",\"number\":\"\"},\"accountcode\":\"\","
                        + "\"dialplan\":{\"context\":\"default\",\"exten\":\"echo\",\"priority\":1,\"app_name\":\"Stasis\",\"app_data\":\"\"},"
                        + "\"creationtime\":\"%s\",\"language\":\"en\"}")
                .formatted(channel.id(), channel.name(), newer, TIME);
    }

    private static String json(FakePlayback playback, String state) {
        return "{\"id\":\"%s\",\"media_uri\":\"%s\",\"target_uri\":\"%s\",\"language\":\"en\",\"state\":\"%s\"}"
                .formatted(playback.id(), playback.media(), playback.target(), state);
    }

    private static String json(FakeLive recording, String state) {
        return "{\"name\":\"%s\",\"format\":\"%s\",\"state\":\"%s\",\"target_uri\":\"%s\"}"
                .formatted(recording.name(), recording.format(), state, recording.target());
    }

    private static String json(FakeFile file) {
        return "{\"name\":\"%s\",\"format\":\"%s\"}".formatted(file.name(), file.format());
    }

    private static String bridge(String id, String name) {
        return ("{\"id\":\"%s\",\"technology\":\"simple_bridge\",\"bridge_type\":\"mixing\",\"bridge_class\":\"stasis\","
                        + "\"creator\":\"Stasis\",\"name\":\"%s\",\"channels\":[],\"creationtime\":\"%s\",\"video_mode\":\"talker\"}")
                .formatted(id, name, TIME);
    }
}
