"""Train, score, export and try models: plain computing that knows no Django.

Only `supervision` is imported by the centre: what needs scikit-learn runs in a child process that
is closed off, and what needs onnxruntime is imported when a model is first asked.
"""
