"""Past one machine: shards of documents in, shards of judged documents out, on datatrove's executors.

A shard is a file of the input. It is done, with all of its output in place, or it is not done at all.
"""
