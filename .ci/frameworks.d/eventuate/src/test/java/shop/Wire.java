package shop;

import io.eventuate.common.json.mapper.JSonMapper;
import io.eventuate.tram.messaging.common.Message;
import io.eventuate.tram.messaging.common.MessageImpl;

/**
 * A message as Eventuate has it on the wire. It is told by its type and its content, since ids and dates of Eventuate are others in each run.
 *
 * @param json payload and headers
 */
record Wire(String json) {

    Message message() {
        return JSonMapper.fromJson(json, MessageImpl.class);
    }

    @Override
    public String toString() {
        Message message = message();
        return message.getHeader("command_type").or(() -> message.getHeader("reply_outcome-type"))
                .map(type -> type.substring(type.lastIndexOf('.') + 1)).orElse("") + message.getPayload();
    }
}
